"""The window around the canvas: panels, timeline, inspector, dialogs. Widgets are told things and decide nothing."""
