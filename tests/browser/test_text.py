"""How plain text becomes paragraphs, lists and links on the page."""

import pytest

# Links are told as [words](address), to be read at a glance.
LAID_OUT = """async (text) => {
    const main = document.querySelector("script[type=module]").src;
    const { layOut } = await import(main.replace("main.js", "text.js"));
    const made = document.createElement("div");
    made.append(layOut(text));
    for (const link of made.querySelectorAll("a")) {
        link.replaceWith(`[${link.textContent}](${link.getAttribute("href")})`);
    }
    return made.innerHTML;
}"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Раз\nдва\n\nтри", "<p>Раз<br>два</p><p>три</p>"),
        (
            "Вот:\n• одно\n• другое\nи всё",
            "<p>Вот:</p><ul><li>одно</li><li>другое</li></ul><p>и всё</p>",
        ),
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
        ("Звоните 8 800 000-00-00.", "<p>Звоните [8 800 000-00-00](tel:88000000000).</p>"),
        ("+7 (495) 123-45-67", "<p>[+7 (495) 123-45-67](tel:+74951234567)</p>"),
        ("9947999768999997 и 88000000000123", "<p>9947999768999997 и 88000000000123</p>"),
        ("на gosuslugi.ru, да", "<p>на [gosuslugi.ru](https://gosuslugi.ru), да</p>"),
        ("(http://ffoms.ru/a?b=1)", "<p>([http://ffoms.ru/a?b=1](http://ffoms.ru/a?b=1))</p>"),
        ("пишите a.b@example.org!", "<p>пишите [a.b@example.org](mailto:a.b@example.org)!</p>"),
        ("javascript:alert(1) и т.д.", "<p>javascript:alert(1) и т.д.</p>"),
        ("приказ 108н, ст. 16, 01.12.2022", "<p>приказ 108н, ст. 16, 01.12.2022</p>"),
    ],
)
async def test_text_is_laid_out(visit, text, html):
    async with visit() as visitor:
        assert await visitor.page.evaluate(LAID_OUT, text) == html
