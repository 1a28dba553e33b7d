from django.utils.safestring import SafeString, mark_safe

from knowledge_base.templatetags.paragraphs import number_paragraphs


def test_paragraphs_are_numbered_as_a_reader_counts_them():
    html = mark_safe('<h2>题</h2><p>一</p><ul><li>甲</li></ul><p class="x">二</p><pre>码</pre>')

    assert number_paragraphs(html) == (
        '<h2>题</h2><p id="p1">一</p><ul><li>甲</li></ul><p id="p2" class="x">二</p><pre>码</pre>'
    )


def test_numbered_html_stays_html():
    assert isinstance(number_paragraphs(mark_safe("<p>一</p>")), SafeString)
