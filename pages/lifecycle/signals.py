"""What other rooms hear of, inside the transaction, with ``act`` (a LifecycleAct)."""

from django.dispatch import Signal

in_force = Signal()
"""The first day has come on which the entries no longer exist."""

undone = Signal()
"""An ending that was in force is taken back."""
