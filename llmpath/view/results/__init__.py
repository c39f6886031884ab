"""What commands return: values only. Their fields are those of the JSON that scripts rely on; `render` shows them.

A module per group of commands, named as in `commands` and `render`. Hours have at most two decimals and a total is the
sum of the values shown. Ids are full addresses.
"""
