"""妇联工作台: where a federation's managers and viewers work, on a phone as on a PC."""
