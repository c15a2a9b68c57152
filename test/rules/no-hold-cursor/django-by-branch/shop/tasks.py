from .models import Order


def clean_up():
    for order in Order.all_objects.filter(status="old").iterator(chunk_size=500):  # want warning "reads a cursor WITH HOLD"
        print(order)
