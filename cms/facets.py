"""What a reader picks from to narrow a list: drawn the same beside every list and every search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cms.memory import remembered
from cms.models import Label

SHORT_LIST = 10


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def is_inactive(self) -> bool:
        """Picking it would give nothing, so it can be seen but not picked."""
        return self.count == 0 and not self.is_chosen


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet with all its values; ``name`` is the parameter in the address."""

    name: str
    label: str
    values: Sequence[FacetValue]

    @property
    def chosen(self) -> list[FacetValue]:
        return [value for value in self.values if value.is_chosen]

    @property
    def _is_short(self) -> bool:
        return len(self.values) <= SHORT_LIST

    @property
    def shown(self) -> list[FacetValue]:
        """Values in sight: all of a short list, those that would give something of a long one."""
        return [value for value in self.values if self._is_short or not value.is_inactive]

    @property
    def folded(self) -> list[FacetValue]:
        """Values behind "Toon alle"."""
        return [] if self._is_short else [value for value in self.values if value.is_inactive]


def facet_group(
    name: str, label: str, labels: Iterable[tuple[str, str]], counts: Mapping[str, int], chosen: Sequence[str]
) -> FacetGroup:
    """Put ``counts`` (per value) and what was ``chosen`` to the (value, label) pairs of a controlled list."""
    values = [FacetValue(value, text, counts.get(value, 0), value in chosen) for value, text in labels]
    return FacetGroup(name, label, values)


@remembered
def label_choices(model: type[Label], text: str = "name") -> tuple[tuple[str, str], ...]:
    """Every value of a controlled list with its label, in the order in which it is offered."""
    return tuple(model.objects.order_by("sort_order", "name").values_list("slug", text))
