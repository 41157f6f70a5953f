"""Values as a YAML text, laid out as a person would."""

from datetime import date

import yaml

Tree = str | int | float | bool | date | list["Tree"] | dict[str, "Tree"]


class _Dumper(yaml.SafeDumper):
    """Writes a list of plain values on one line, and sets list entries in under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _list(dumper: _Dumper, values: list[Tree]) -> yaml.Node:
    plain = all(not isinstance(value, list | dict) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=plain)


_Dumper.add_representer(list, _list)


def yaml_text(value: Tree) -> str:
    """A value as YAML; reading it again gives the same value, with scalars as text."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)
    return text
