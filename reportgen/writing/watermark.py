"""The watermark of a draft: light slanted letters behind the text of every page.

It is drawn as Word's own command draws it (VML, shape type 136 of ECMA-376 part 4), so that Word and WPS know it
for a watermark and can remove it.
"""

from __future__ import annotations

from .wordml import attribute

WIDTH, HEIGHT = 380, 127
"""In points: three characters, each as wide as high, as large as the text area takes when slanted."""

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)
_STYLE = (
    f"position:absolute;margin-left:0;margin-top:0;width:{WIDTH}pt;height:{HEIGHT}pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def watermark_xml(text: str, number: int) -> str:
    """The run that draws the watermark, for the paragraph of a header; ``number`` tells the headers apart."""
    return (
        f"<w:r {_NAMESPACES}><w:pict>{_SHAPE_TYPE}"
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt={attribute(text)} style="{_STYLE}" o:allowincell="f" fillcolor="#d0d0d0" stroked="f">'
        '<v:fill opacity=".4"/>'
        f'<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={attribute(text)}/>'
        "</v:shape></w:pict></w:r>"
    )
