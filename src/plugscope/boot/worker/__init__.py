"""The worker: another process that imports and runs Python plugins, so that ours never does.

``child`` is that process, ``host`` starts it and speaks with it, ``message`` is what they say: JSON lines.
It contains accidents (a hang, a crash, a flood of output, a memory leak); it is no security sandbox.
"""
