from django.db import connection, connections, models, transaction


class Order(models.Model):
    def save(self, *args, **kwargs):
        # The connection of the thread is the one that the transaction is on.
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [1])
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT max(number) FROM orders")
            renumber()
            super().save(*args, **kwargs)


def renumber():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders SET number = number + 1")
