"""What somebody has copied elsewhere, on the clipboard of a browser."""

import base64

_COPY = """async (copied) => {
    const parts = Object.entries(copied).map(([kind, told]) => {
        const bytes = Uint8Array.from(atob(told), (letter) => letter.charCodeAt(0));
        return [kind, new Blob([bytes], { type: kind })];
    });
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
}"""
_DROP = """(place, told) => {
    const bytes = Uint8Array.from(atob(told), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], "scan.png", { type: "image/png" }));
    const how = { dataTransfer, bubbles: true, cancelable: true };
    return !place.dispatchEvent(new DragEvent("drop", how));
}"""


def cells(picture):
    """Copy cells of a table: their text, their look, and a picture of them (a PNG)."""
    return {"text/plain": b"9900", "text/html": b"<table><td>9900</td></table>", **image(picture)}


def image(picture):
    """Copy a picture alone, as of a screen."""
    return {"image/png": picture}


async def paste(page, where, copied):
    """Paste something copied into a field, with the keys."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    told = {kind: base64.b64encode(content).decode() for kind, content in copied.items()}
    await page.evaluate(_COPY, told)
    await page.focus(where)
    await page.keyboard.press("Control+v")


async def drop(page, where, picture):
    """Drop a picture; tells whether the page kept the browser from opening it."""
    return await page.locator(where).evaluate(_DROP, base64.b64encode(picture).decode())
