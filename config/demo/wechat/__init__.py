"""A stand-in for WeChat, by the letter of what WeChat documents: for the demo and for the tests."""
