from django.shortcuts import render


def index(request):
    return render(request, "404.html")


def open_media(request, path):
    return render(request, "404.html")
