"""Obsidian: a vault is a folder with `.obsidian`. Attachments are found by their path in the vault."""

from linkcheck.infer.generators.site import SettingsFiles, SiteInfo, existing, find_text

MARKS = (".obsidian",)


def read(files: SettingsFiles) -> SiteInfo | None:
    if not files.is_folder(MARKS[0]):
        return None
    attachments = find_text(files.data(".obsidian/app.json"), "attachmentFolderPath") or ""
    inside = () if attachments.startswith(("./", "/")) or not attachments else existing(files, (attachments,))
    return SiteInfo(content=("",), static=("", *inside))
