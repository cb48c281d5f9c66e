"""A page template from another hand: it prints what it is given and does nothing else, or is refused with file and line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from reportgen.form.form_file import load_form, templates_folder
from reportgen.form.grid import FormError
from reportgen.form.model import Form
from reportgen.writing import TemplateError, html
from reportgen.writing.sandbox_files import LARGEST_FILE

from ..conftest import Run
from .documents import whole

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
LINE = 3
"""Where the foreign words stand in the template."""
RECURSION = "第 1 行：模板执行不下去（模板套得太深"
"""Where a block that prints itself ends: in its own line, or where it begins."""


@pytest.fixture
def own(tmp_path: Path, form: Form) -> Path:
    """A clerk's own copy of the templates."""
    shutil.copytree(templates_folder() / "2021", tmp_path / "t" / "2021")
    return tmp_path / "t"


def page(own: Path, written: str) -> str:
    """The fragment of a template that has only ``written``."""
    text = f"{{% block content %}}\n<p>\n{written}\n</p>\n{{% endblock %}}\n"
    (own / "2021" / "fragment.html").write_text(text, encoding="utf-8")
    return html.fragment(whole(load_form("2021", own)))


HARM = [
    # code
    ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "“__init__”在模板里不能用"),
    ("{{ ''.__class__.__mro__ }}", "“__class__”在模板里不能用"),
    ("{{ ''['__class__'] }}", "“__class__”在模板里不能用"),
    ("{{ [''] | map(attribute='__class__') | first }}", "“__class__”在模板里不能用"),
    ("{{ self.__init__ }}", "“__init__”在模板里不能用"),
    ("{{ range.__self__ }}", "“__self__”在模板里不能用"),
    ("{{ '{0.__class__}'.format(1) }}", "“format”在模板里不能用"),
    ("{{ agency.upper() }}", "“upper”在模板里不能用"),
    ("{{ document.form.describe([]) }}", "“describe”在模板里不能用"),
    ("{{ document.form.folder }}", "“folder”在模板里不能用"),
    ("{{ document.form['folder'] }}", "“folder”在模板里不能用"),
    ("{{ document }}", "印不出来"),
    ("{{ 'x' ~ document }}", "印不出来"),
    ("{{ '%s' % document }}", "印不出来"),
    ("{{ [1] | join(document) }}", "印不出来"),
    ("{{ [document] | join }}", "印不出来"),
    ("{{ document | string }}", "印不出来"),
    ("{{ agency() }}", "只能调用模板自己的 macro"),
    ("{{ lipsum() }}", "没有“lipsum”"),
    # escaping
    ("{{ agency | safe }}", "不能用“| safe”"),
    ("{% autoescape false %}{{ agency }}{% endautoescape %}", "autoescape 不能改"),
    ("{{ agency | replace('a', 'b') }}", "不能用“| replace”"),
    ("{{ agency is callable }}", "不能用“is callable”"),
    # time and memory
    ("{% for i in range(10**10) %}{% endfor %}", "不能用 **"),
    ("{% for i in range(10000000000) %}{% endfor %}", "range 太长"),
    ("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "超过了一页的限度"),
    (
        "{% for i in range(9999) | map('abs') %}{% for j in range(9999) | select %}{% endfor %}{% endfor %}",
        "限度",
    ),
    ("{{ 'x' * 10000000000 }}", "超过了一页的限度"),
    ("{{ 10000000000 * 'x' }}", "超过了一页的限度"),
    ("{{ [1] * 10000000000 }}", "列表太长"),
    ("{{ '%9999999999d' % 1 }}", "% 的宽度太大"),
    ("{{ '%*d' % (99999999999, 1) }}", "% 的宽度太大"),
    ("{{ 999999999999 * 999999999999 }}", "算出来的数太大"),
    ("{% set x = 'x' * 99 %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}", "超过了一页的限度"),
    ("{% set x = 'x' * 99 %}" + "{% set x = x + x %}" * 40 + "{{ x }}", "超过了一页的限度"),
    ("{% set x = 'x' * 99 %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40 + "{{ x }}", "超过了一页的限度"),
    ("{% set x = 'x' * 99 %}" + "{% set x = [x, x] | join %}" * 40 + "{{ x }}", "超过了一页的限度"),
    ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 40 + "{{ x == x }}", "不是文字或数"),
    ("{% set x = (1,) %}" + "{% set x = (x, x) %}" * 40 + "{{ x }}", "不是文字或数"),
    ("{% set x = {1: 1} %}" + "{% set x = {1: x, 2: x} %}" * 40 + "{{ x }}", "不是文字或数"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "套得太深"),
    ("{{ self.content() }}", "套得太深"),
    ("{% include 'fragment.html' %}", "套得太深"),
    (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "超过了一页的限度",
    ),
    (
        "{% for x in [1, 2] recursive %}{% if loop.depth < 60 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}",
        "限度",
    ),
    ("{% for i in range(9999) %}" + "长" * 9999 + "{% endfor %}", "超过了一页的限度"),
    ("{% for i in range(9999) %}" + "{% include 'fonts.html' ignore missing %}" * 3 + "{% endfor %}", "限度"),
    ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "读不出来"),
    ("{{ " + "[" * 5000 + "]" * 5000 + " }}", "读不出来"),
    ("{% for i in [1] %}" * 60 + "{% endfor %}" * 60, "读不出来"),
    ("{{ " + "9" * 5000 + " }}", "读不出来"),
    ("{{ a }}" * 9000, "第 1 行：大括号里的内容太多"),
    (
        "{% set l = range(9999) | list %}{% for i in range(9999) %}"
        + "{% if -1 in l %}{% endif %}" * 9
        + "{% endfor %}",
        "限度",
    ),
    (
        "{% set l = 'x' * 999999 %}{% for i in range(999) %}{% if l in l ~ 'y' %}{% endif %}{% endfor %}",
        "限度",
    ),
    ("{% set l = 'x' * 9999999 %}{% set k = l ~ 'y' %}" + "{% if l == k %}{% endif %}" * 999, "限度"),
    ("{% set l = 'x' * 9999999 %}" + "{% set k = l[1:] %}" * 999, "限度"),
    (
        "{% set l = range(9999) | list %}{% for i in range(9999) %}{% set k = l | select('eq', 1) | list %}{% endfor %}",
        "限度",
    ),
    ("{% set x = 'x' * 999999 %}{{ ([x] * 9999) | join }}", "限度"),
    ("{% set x = 'x' * 999999 %}{{ '%(a)s' * 9999 % {'a': x} }}", "限度"),
    ("{% for x in [1] recursive %}{{ loop(range(9999)) if loop.depth < 4 }}{% endfor %}", "限度"),
    # files
    ("{% include '../form.toml' %}", "没有“../form.toml”这个模板文件"),
    ("{% include '/etc/passwd' %}", "没有“/etc/passwd”这个模板文件"),
    ("{% extends '..' %}", "模板的写法不对（{% extends '..' %}）"),
    ("{% include 'a\x00b' %}", "没有“a\x00b”这个模板文件"),
    ("{% import 'nothing.html' as x %}", "没有“nothing.html”这个模板文件"),
    # slips
    ("{{ none.a }}", "没有“a”这一项"),
    ("{{ 1 // 0 }}", "不能这样用"),
    ("{{ {[1]: 2} }}", "不能这样用"),
    ("{% iff %}", "模板的写法不对（{% iff %}）"),
    ("{{ 1 +", f"第 {LINE + 1} 行：模板的写法不对（</p>）"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a child process are set as Linux has them")
@pytest.mark.parametrize(("written", "said"), HARM, ids=range(len(HARM)))
def test_what_could_harm_is_refused_soon_with_file_and_line(own: Path, written: str, said: str) -> None:
    from ..hostile import child

    def refusing() -> int:
        with pytest.raises((TemplateError, FormError)) as refused:
            page(own, written)
        message = str(refused.value)
        assert said in message
        assert message.startswith(str(own / "2021"))
        assert f"第 {LINE} 行" in message or "读不出来" in message or " 行：" in said or RECURSION in message
        assert len(message) < 700
        return 0

    outcome = child.call(refusing, own)
    assert not outcome.wrong, outcome.err


FINE = [
    ("{{ '<b>' ~ wbr }}", "&lt;b&gt;<wbr>"),
    ("{{ ['<b>', 'x'] | join(wbr) }}", "&lt;b&gt;<wbr>x"),
    ("{{ ['<b>', 'x'] | join('、') }}", "&lt;b&gt;、x"),
    (
        "{% for i in range(3) %}{{ loop.index }}/{{ loop.length }}{{ loop.cycle('a', 'b') }} {% endfor %}",
        "1/3a 2/3b",
    ),
    ("{% set n = namespace(x=1) %}{% for i in range(4) %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}", "7"),
    (
        "{% macro m(x) %}<b>{{ x }}</b>{{ caller() }}{% endmacro %}{% call m('&') %}<i>{% endcall %}",
        "<b>&amp;</b><i>",
    ),
    ("{% for key, row in [('a', 1)] %}{{ key }}{% endfor %}", ""),
    (
        "{{ 'h%d' % 3 }} {{ '%.2f' % 1.5 }} {{ 7 // 2 }} {{ 'a' | upper }} {{ 'abc' | length }}",
        "h3 1.50 3 A 3",
    ),
    (
        "{{ sections | map(attribute='name') | first }} {{ (sections | last).name }}",
        "前言 六、其他需要报告的事项",
    ),
    ("{% filter upper %}a<{{ 'b' }}{% endfilter %}", "A<B"),
    ("{{ nothing | default('没有') }}{% if x is defined %}x{% endif %}", "没有"),
    ("{% for x in [1, [2]|length] recursive %}{{ x }}{% endfor %}", "11"),
]


@pytest.mark.parametrize(("written", "printed"), FINE, ids=range(len(FINE)))
def test_what_a_template_needs_works(own: Path, written: str, printed: str) -> None:
    if printed:
        assert printed in page(own, written)
    else:
        with pytest.raises(TemplateError, match="不是文字或数"):
            page(own, written)


def test_no_code_of_a_foreign_template_runs(own: Path, run: Run, tmp_path: Path) -> None:
    path = own / "2021" / "report.html"
    mark = tmp_path / "PWNED"
    text = path.read_text(encoding="utf-8")
    attack = f"{{% block content %}}{{{{ cycler.__init__.__globals__.os.popen('id > {mark}').read() }}}}"
    path.write_text(text.replace("{% block content %}", attack, 1), encoding="utf-8")
    status, said = run("build", EXAMPLE, "--templates", own, "-o", tmp_path / "out")
    line = text[: text.index("{% block content %}")].count("\n") + 1
    assert status == 2
    assert f"{path} 第 {line} 行" in said
    assert not mark.exists()
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_too_large_a_link_or_no_file_is_refused(own: Path, tmp_path: Path) -> None:
    path = own / "2021" / "fragment.html"
    path.write_bytes(b"x" * (LARGEST_FILE + 1))
    with pytest.raises(FormError, match="文件太大，超过 2048 KB"):
        html.fragment(whole(load_form("2021", own)))
    path.unlink()
    secret = tmp_path / "secret"
    secret.write_text("{% block content %}secret{% endblock %}", encoding="utf-8")
    path.symlink_to(secret)
    with pytest.raises(FormError, match="是指向别处的链接"):
        html.fragment(whole(load_form("2021", own)))
    path.unlink()
    path.mkdir()
    with pytest.raises(FormError, match="不是文件"):
        html.fragment(whole(load_form("2021", own)))


def test_what_python_thinks_of_a_template_does_not_reach_the_terminal(
    own: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    assert "x" in page(own, "x{% if gap is none and none[0] %}{% endif %}")
    assert capfd.readouterr().err == ""
    assert len(recwarn) == 0
