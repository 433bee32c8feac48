"""What tests of routing ask and do."""

from datetime import timedelta

from forum_integration.models import Referral


def asked(circle=None):
    found = Referral.objects.filter(**({"circle": circle} if circle else {})).order_by("asked_on", "pk")
    return [referral.member for referral in found]


def wait_a_week(clock):
    clock.shift(timedelta(days=8))
