"""The rooms put together: one house that is opened, one application that serves it."""
