"""The type of a plugin, and the types that containerd knows."""


class Type(str):
    """The type of a plugin, such as ``io.containerd.snapshotter.v1``: a string that says it is one."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """The part people say: ``io.containerd.snapshotter.v1`` is ``snapshotter``."""
        return short_type(self)


def short_type(name: str) -> str:
    """A type without the vendor in front and the version behind it, where it has them."""
    middle = name.removeprefix("io.containerd.")
    head, dot, tail = middle.rpartition(".")
    if dot and head and tail[:1] == "v" and tail[1:].isdigit():
        return head if tail == "v1" else middle
    return middle


ANY = Type("*")
"""Requires everything else."""

# The constants of containerd 1.2's plugin/plugin.go.
INTERNAL_PLUGIN = Type("io.containerd.internal.v1")
RUNTIME_PLUGIN = Type("io.containerd.runtime.v1")
RUNTIME_PLUGIN_V2 = Type("io.containerd.runtime.v2")
SERVICE_PLUGIN = Type("io.containerd.service.v1")
GRPC_PLUGIN = Type("io.containerd.grpc.v1")
SNAPSHOT_PLUGIN = Type("io.containerd.snapshotter.v1")
TASK_MONITOR_PLUGIN = Type("io.containerd.monitor.v1")
DIFF_PLUGIN = Type("io.containerd.differ.v1")
METADATA_PLUGIN = Type("io.containerd.metadata.v1")
CONTENT_PLUGIN = Type("io.containerd.content.v1")
GC_PLUGIN = Type("io.containerd.gc.v1")

# Added by later releases (1.3 to 2.3).
EVENT_PLUGIN = Type("io.containerd.event.v1")
TTRPC_PLUGIN = Type("io.containerd.ttrpc.v1")
LEASE_PLUGIN = Type("io.containerd.lease.v1")
STREAMING_PLUGIN = Type("io.containerd.streaming.v1")
TRACING_PROCESSOR_PLUGIN = Type("io.containerd.tracing.processor.v1")
NRI_PLUGIN = Type("io.containerd.nri.v1")
TRANSFER_PLUGIN = Type("io.containerd.transfer.v1")
SANDBOX_STORE_PLUGIN = Type("io.containerd.sandbox.store.v1")
SANDBOX_CONTROLLER_PLUGIN = Type("io.containerd.sandbox.controller.v1")
POD_SANDBOX_PLUGIN = Type("io.containerd.podsandbox.controller.v1")
IMAGE_VERIFIER_PLUGIN = Type("io.containerd.image-verifier.v1")
WARNING_PLUGIN = Type("io.containerd.warning.v1")
CRI_SERVICE_PLUGIN = Type("io.containerd.cri.v1")
SHIM_PLUGIN = Type("io.containerd.shim.v1")
TASK_MONITOR_PLUGIN_V2 = Type("io.containerd.monitor.task.v1")
CONTAINER_MONITOR_PLUGIN = Type("io.containerd.monitor.container.v1")
MOUNT_MANAGER_PLUGIN = Type("io.containerd.mount-manager.v1")
MOUNT_HANDLER_PLUGIN = Type("io.containerd.mount-handler.v1")
SERVER_PLUGIN = Type("io.containerd.server.v1")
METRICS_PLUGIN = Type("io.containerd.metrics.v1")
HTTP_HANDLER_PLUGIN = Type("io.containerd.http.v1")
