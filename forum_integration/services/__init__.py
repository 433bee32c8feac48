"""The verbs of the forum. Each locks the topic it writes to, so that two at once never undo each other's work, and asks
the rights again on what it then finds: a topic may have been locked or moved since the form was opened.
"""
