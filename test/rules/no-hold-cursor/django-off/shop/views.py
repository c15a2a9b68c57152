from django.db import transaction

from .models import Order


def export(request):
    for order in Order.objects.filter(status="open").iterator():
        print(order)


def export_all(request):
    orders = Order.objects.all()
    for order in orders.iterator(chunk_size=500):
        print(order)


def export_safely(request):
    with transaction.atomic():
        for order in Order.objects.all().iterator():
            print(order)


@transaction.atomic
def export_decorated(request):
    for order in Order.objects.all().iterator():
        print(order)


def other(rows):
    return rows.iterator()
