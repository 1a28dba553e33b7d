"""考核: indicators with weights, computed for every federation and period."""
