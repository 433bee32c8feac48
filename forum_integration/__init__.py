"""The forum: django-machina's models and permission rules, with views, forms, templates and addresses of our own.

machina as shipped checks a right on one object and uses it on another, leaks waiting posts and renders text unsafely.
So of its code only the models, their counters and the permission checker run; what the platform adds stands in tables
beside machina's (models.py), never in them. Nothing outside this package imports machina.
"""
