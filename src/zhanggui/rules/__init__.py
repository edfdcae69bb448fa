"""What law and platforms allow: one checker for texts and pictures, which every room may ask.

What flows through: a text, or what is read off a picture, becomes findings, each with its span, its
kind, the article it offends against, the reason and a lawful way to say it.
"""
