"""The libcst peer: a codemod command as its documentation writes them."""
