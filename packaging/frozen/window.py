"""What the frozen `plugscope` starts with: the program, window and verbs alike."""

import sys

from plugscope.__main__ import main

sys.exit(main())
