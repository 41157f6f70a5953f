"""Files as people write them: text, values and the place of each. Knows no schools; the only room that knows YAML.

Scalars stay text here (`15:30`, `no`, `0123456`): what they mean is for the record that holds them to say.
"""

from sigctl.source.document import Document, parse
from sigctl.source.files import OUT, TEMPLATES, decoded, read, workspace_files
from sigctl.source.mistakes import MISTAKES
from sigctl.source.reader import Path, Value
from sigctl.source.write import Tree, yaml_text

__all__ = [
    "MISTAKES", "OUT", "TEMPLATES", "Document", "Path", "Tree", "Value", "decoded", "parse", "read", "workspace_files", "yaml_text",
]  # fmt: skip
