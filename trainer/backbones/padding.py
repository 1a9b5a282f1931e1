"""TensorFlow's SAME padding: where a stride leaves an odd pixel, it goes to the right and the bottom."""

from torch import Tensor, nn
from torch.nn import functional


class SamePadded(nn.Conv2d):
    """A strided convolution with that padding, for pictures of any size."""

    def forward(self, pictures: Tensor) -> Tensor:
        """Maps [N, channels, ceil(H / stride), ceil(W / stride)] of maps [N, C, H, W]."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        margins: list[int] = []
        for side in (pictures.shape[-1], pictures.shape[-2]):
            missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
            margins += [missing // 2, missing - missing // 2]
        return super().forward(functional.pad(pictures, margins))


def pad_as_tensorflow(module: nn.Module) -> None:
    """Give all strided convolutions of a network that padding, in place.

    A convolution that does not stride is padded alike on all sides either way.
    """
    for name, child in module.named_children():
        if isinstance(child, nn.Conv2d) and child.stride[0] > 1:
            setattr(module, name, _same_padded(child))
        else:
            pad_as_tensorflow(child)


def _same_padded(given: nn.Conv2d) -> SamePadded:
    made = SamePadded(
        given.in_channels,
        given.out_channels,
        given.kernel_size[0],
        given.stride[0],
        groups=given.groups,
        bias=given.bias is not None,
    )
    made.weight = given.weight
    if given.bias is not None:
        made.bias = given.bias
    return made
