"""From assessment to edition: the plan of pages, their execution, the book, the manifest."""
