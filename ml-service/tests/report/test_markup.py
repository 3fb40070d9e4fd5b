from ml_service.report.markup import Markup, join, tag


def test_whatever_is_no_markup_is_escaped() -> None:
    assert tag("p", "a < b & c") == "<p>a &lt; b &amp; c</p>"
    assert tag("p", tag("b", "x"), "<y>") == "<p><b>x</b>&lt;y&gt;</p>"
    assert join("<", Markup("<hr>")) == "&lt;<hr>"
    assert tag("p", "") + "<" == "<p></p>&lt;"


def test_attributes_are_escaped_and_spelt_as_in_html() -> None:
    assert tag("a", title='"><script>') == '<a title="&quot;&gt;&lt;script&gt;"></a>'
    assert tag("rect", class_="bar", stroke_width=2) == '<rect class="bar" stroke-width="2"></rect>'
    assert tag("g", x=1.25, y=2.0) == '<g x="1.2" y="2"></g>'
