"""Applications at the desk: lists, the page of one, moves, the whole of its data, exports."""
