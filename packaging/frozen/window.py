"""What the frozen `plugscope` starts with: the program, window and verbs alike."""

from plugscope.__main__ import main

main()
