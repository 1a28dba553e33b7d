"""One module per question type; `registry.py` names them all."""
