"""What a page template is compiled to: loops and comparisons count, and what is forbidden is refused with its line."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

PER_NODE = 10
"""What a piece of code in a loop costs in each round."""


class Code(CodeGenerator):
    """The code of a template; the environment it speaks to is a :class:`~.sandbox.Sandbox`."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        work = PER_NODE
        for each in node.find_all(nodes.Expr):
            work += len(each.data) if isinstance(each, nodes.TemplateData) else PER_NODE
        node.iter = self._through("rounds", node.iter, nodes.Const(work))
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        known = (nodes.Const, nodes.List, nodes.Tuple)
        if not any(isinstance(each, known) for each in (node.expr, *(one.expr for one in node.ops))):
            node.expr = self._through("measured", node.expr)
        for one in node.ops:
            if one.op in ("in", "notin") and not isinstance(one.expr, known):
                one.expr = self._through("measured", one.expr)
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.measured(")
        super().visit_Getitem(node, frame)
        self.write(")")

    def _through(self, name: str, node: nodes.Node, *more: nodes.Expr) -> nodes.Call:
        """What ``node`` is, once the environment has seen it."""
        return nodes.Call(nodes.EnvironmentAttribute(name), [node, *more], [], None, None, lineno=node.lineno)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self.write("environment.flat(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("environment.flat(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx != "load":  # the names of a loop
            super().visit_Tuple(node, frame)
            return
        self.write("environment.flat(")
        super().visit_Tuple(node, frame)
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        self._known(node, node.name, self.environment.filters, "|")
        super().visit_Filter(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        self._known(node, node.name, self.environment.tests, "is")
        super().visit_Test(node, frame)

    def _known(self, node: nodes.Node, name: str, known: Iterable[str], mark: str) -> None:
        if name not in known:
            names = "、".join(sorted(each for each in known if each[0].isalpha()))
            self.fail(f"模板里不能用“{mark} {name}”，可以用的有：{names}", node.lineno)

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:
        self.fail("autoescape 不能改", node.lineno)

    visit_ScopedEvalContextModifier = visit_EvalContextModifier
