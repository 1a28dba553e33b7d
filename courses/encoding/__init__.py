"""From whatever an editor uploads to what every phone plays: a 480p MP4, an M4A and a poster.

Pure of Django: it runs in a process of its own (`process`), so that a file that breaks a decoder
breaks nothing else.
"""
