"""Which shop a statement may touch.

:func:`check` reads a SQLAlchemy statement before it runs and raises :class:`TenantLeak` unless
every shop's table in it is held to the current shop: compared with the shop's id directly, or
joined on ``shop_id`` to one that is. It looks at each SELECT of a statement on its own, so a
filtered outer query does not vouch for an unfiltered subquery.

Reading a SELECT costs as much as compiling it, so what was found is remembered by the key under
which SQLAlchemy keeps the SQL it compiled: the same key is the same SQL, in which only values
differ, and of these the ones it was held by have to be the shop again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Delete, Insert, Select, Table, TextClause, Update
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnElement,
    Grouping,
    Label,
)
from sqlalchemy.sql.selectable import Alias, CompoundSelect, FromClause, Join
from sqlalchemy.util import LRUCache

EVERY_SHOP = "*"
"""The scope that reaches tables marked ``cross_shop``, and no other shop's tables."""

NO_SHOP = ""
"""The scope that reaches only tables without a shop."""

Params = Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a statement is held to, and the values that were found to hold it there."""

    params: Params
    scope: str
    by: list[BindParameter[Any]] = field(default_factory=list)

    def is_shop(self, element: Any) -> bool:
        """Whether `element` is a value, and the shop's id."""
        if not isinstance(element, BindParameter):
            return False
        if not _is_always(element, self.params, self.scope):
            return False
        self.by.append(element)
        return True


_REMEMBERED = 1000
_held_by: LRUCache[Any, tuple[int, ...]] = LRUCache(_REMEMBERED)
"""By a SELECT's cache key, and whether every shop's events were in reach: which of its values have
to be the shop's id."""


class TenantLeak(AssertionError):
    """A statement would have reached beyond its shop: a defect in the code that wrote it."""


def is_scoped(table: Table) -> bool:
    """Whether the table's rows belong to shops."""
    return "shop_id" in table.columns


def is_cross_shop(table: Table) -> bool:
    """Whether :data:`EVERY_SHOP` may read the table."""
    return bool(table.info.get("cross_shop"))


def check(statement: Any, params: Params, scope: str) -> None:
    """Raise :class:`TenantLeak` unless `statement` stays inside the shop `scope`."""
    key = None
    if isinstance(statement, Select | CompoundSelect):
        key = statement._generate_cache_key()
    if key is None:
        _check(statement, _Held(params, scope))
        return
    remembered = (key.key, scope == EVERY_SHOP)
    places = _held_by.get(remembered)
    if places is not None and all(
        _is_always(key.bindparams[place], params, scope) for place in places
    ):
        return
    held = _Held(params, scope)
    _check(statement, held)
    known = {value.key: place for place, value in enumerate(key.bindparams)}
    # A value that only the check has seen, not the key, may differ where the key does not.
    if all(value.key in known for value in held.by):
        _held_by[remembered] = tuple(known[value.key] for value in held.by)


def _is_always(element: BindParameter[Any], params: Params, scope: str) -> bool:
    """Whether the value is `scope`, in every row where it is given apart from the statement."""
    given = [row[element.key] for row in _rows(params) if element.key in row]
    return all(value == scope for value in given) if given else element.effective_value == scope


def _check(statement: Any, held: _Held) -> None:
    if isinstance(statement, Insert):
        _check_insert(statement, held)
    elif isinstance(statement, Update | Delete):
        held_by = [_Criterion(clause) for clause in statement._where_criteria]
        _check_froms([statement.table], held_by, held, set())
    if isinstance(statement, Update):
        _check_stays(statement, held)
    for element in visitors.iterate(statement):
        if isinstance(element, TextClause):
            raise TenantLeak("textual SQL cannot be checked for its shop; write it with tables")
        if isinstance(element, Select):
            _check_select(element, held)


def _check_insert(statement: Insert, held: _Held) -> None:
    table = statement.table
    if not isinstance(table, Table) or not is_scoped(table):
        return
    if held.scope == EVERY_SHOP and is_cross_shop(table):
        return
    if statement.select is not None:
        _check_insert_from(statement, held)
        return
    shops = {row.get("shop_id") for row in _rows(held.params) if "shop_id" in row}
    values: list[Any] = list(statement._multi_values[0]) if statement._multi_values else []
    if statement._values:
        values.append(statement._values)
    for row in values:
        for column, value in row.items():
            if getattr(column, "name", column) == "shop_id":
                shops.add(value.value if isinstance(value, BindParameter) else value)
    if shops != {held.scope}:
        given = sorted(map(str, shops))
        raise TenantLeak(f"insert into {table.name} for {given}, not {held.scope!r}")


def _check_insert_from(statement: Insert, held: _Held) -> None:
    """Rows come from a SELECT, which is checked with the others; the shop they are given has to
    be a shop's column of it, or the scope itself."""
    names = list(statement._select_names or ())
    sources = list(getattr(statement.select, "selected_columns", ()))
    source = sources[names.index("shop_id")] if "shop_id" in names else None
    if not (_is_shop_column(source) or held.is_shop(_unlabelled(source))):
        raise TenantLeak(f"insert from a select whose rows are not given to {held.scope!r}")


def _unlabelled(element: Any) -> Any:
    return element.element if isinstance(element, Label) else element


def _check_stays(statement: Update, held: _Held) -> None:
    """No row moves to another shop."""
    table = statement.table
    if not isinstance(table, Table) or not is_scoped(table):
        return
    for column, value in (statement._values or {}).items():
        if getattr(column, "name", column) == "shop_id" and not held.is_shop(value):
            raise TenantLeak(f"update of {table.name} sets another shop than {held.scope!r}")
    if any(row.get("shop_id", held.scope) != held.scope for row in _rows(held.params)):
        raise TenantLeak(f"update of {table.name} sets another shop than {held.scope!r}")


def _check_select(statement: Select[Any], held: _Held) -> None:
    froms: list[FromClause] = []
    held_by = [_Criterion(clause) for clause in statement._where_criteria]
    for source in statement.get_final_froms():
        froms.extend(_flatten(source, held_by))
    # A table only correlated here is checked where it is selected from.
    correlated = {
        _key(column.table)
        for criterion in held_by
        for comparison in _equalities([criterion.clause])
        for column in (comparison.left, comparison.right)
        if _is_shop_column(column)
    } - {_key(source) for source in froms}
    _check_froms(froms, held_by, held, correlated)


@dataclass(frozen=True, slots=True)
class _Criterion:
    """A condition, and the tables it narrows (None: all; an outer join's ON: its right side)."""

    clause: Any
    narrows: frozenset[str] | None = None


def _flatten(source: FromClause, held_by: list[_Criterion]) -> Iterator[FromClause]:
    if isinstance(source, Join):
        left, right = list(_flatten(source.left, held_by)), list(_flatten(source.right, held_by))
        if source.full:
            narrows: frozenset[str] | None = frozenset()
        else:
            narrows = frozenset(map(_key, right)) if source.isouter else None
        held_by.append(_Criterion(source.onclause, narrows))
        yield from left
        yield from right
    else:
        yield source


def _check_froms(
    froms: Iterable[FromClause],
    held_by: Iterable[_Criterion],
    held: _Held,
    correlated: set[str],
) -> None:
    wanted: dict[str, Table] = {}
    for source in froms:
        table = source.element if isinstance(source, Alias) else source
        if (
            isinstance(table, Table)
            and is_scoped(table)
            and not (held.scope == EVERY_SHOP and is_cross_shop(table))
        ):
            wanted[_key(source)] = table
    if not wanted:
        return
    kept = set(correlated)
    edges: set[tuple[str, str]] = set()
    for criterion in held_by:
        for comparison in _equalities([criterion.clause]):
            sides = ((comparison.left, comparison.right), (comparison.right, comparison.left))
            for column, other in sides:
                if not _is_shop_column(column):
                    continue
                key = _key(column.table)
                if criterion.narrows is not None and key not in criterion.narrows:
                    continue
                if _is_shop_column(other):
                    edges.add((_key(other.table), key))
                elif held.is_shop(other):
                    kept.add(key)
    grew = True
    while grew:
        reached = {target for source_key, target in edges if source_key in kept} - kept
        kept |= reached
        grew = bool(reached)
    missing = [table.name for key, table in wanted.items() if key not in kept]
    if missing:
        raise TenantLeak(f"{', '.join(missing)} not filtered by shop {held.scope!r}")


def _equalities(criteria: Iterable[Any]) -> Iterator[BinaryExpression[Any]]:
    """The comparisons that must all hold: through AND and brackets, never through OR or NOT."""
    for clause in criteria:
        if isinstance(clause, BooleanClauseList):
            if clause.operator is operators.and_:
                yield from _equalities(clause.clauses)
        elif isinstance(clause, Grouping):
            yield from _equalities([clause.element])
        elif isinstance(clause, BinaryExpression) and clause.operator is operators.eq:
            yield clause


def _is_shop_column(element: Any) -> bool:
    return (
        isinstance(element, ColumnElement)
        and getattr(element, "name", None) == "shop_id"
        and getattr(element, "table", None) is not None
    )


def _rows(params: Params) -> Iterator[dict[str, Any]]:
    for row in params:
        if isinstance(row, dict):
            yield row
        elif isinstance(row, list | tuple):
            yield from (inner for inner in row if isinstance(inner, dict))


def _key(source: Any) -> str:
    return str(source.name)
