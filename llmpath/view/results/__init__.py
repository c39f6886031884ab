"""What commands return: values only. `view.screens` shows them; what has a `kind` is JSON for scripts too.

A module per group of commands. Hours have at most two decimals and a total is the sum of the values shown. Ids are full
(`topic/name`).
"""
