"""Where everything on a map stands: parts as lanes, layers as columns, and roads that never cross a card. Pure.

Cards stand in a grid of cells. Roads run in the gaps between columns and in the gutters between rows, or straight
through cells that are empty; gaps and gutters grow with the roads in them. Lengths are in pixels of a screen whose
letters are 16 pixels high.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from math import dist
from typing import NamedTuple

from llmpath.guide.map import CourseMap

CARD_WIDTH, CARD_HEIGHT = 132, 108
RAIL = 120
"""The column in which the names of the parts stand."""
GAP, GUTTER = 34, 22
TRACK = 8
"""Between roads that run side by side."""
APPROACH = 17
"""A road turns no nearer to a card than this; its arrow needs the room."""
LANE_GAP, LANE_PAD = 10, 20
FEWEST_COLUMNS = 7
"""Topics without prerequisites that unlock nothing are laid out in rows of so many at least."""
SWEEPS = 6
"""How often the topics of each layer are put in order anew, forwards and backwards in turn."""

LEAST_COLUMNS = 4
"""A chart has room for so many, so that a small one still has its title beside it."""

MOST_SORTED = 60
"""Roads in one gap of which every pair is compared, to find an order with few crossings."""

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float


class Road(NamedTuple):
    """An edge as drawn: corners of a line of horizontal and vertical pieces, from card to card."""

    start: str
    end: str
    points: Sequence[Point]


class Chart(NamedTuple):
    """A map laid out: boxes of lanes by part id and of cards by topic id, and a road for each edge."""

    width: float
    height: float
    lanes: Mapping[str, Box]
    cards: Mapping[str, Box]
    roads: Sequence[Road]


class _Cell(NamedTuple):
    column: int
    row: int


class _Route(NamedTuple):
    """How an edge goes: straight along `row` (a row through which it passes), or along `gutter`, or neither."""

    start: str
    end: str
    row: int | None = None
    gutter: int | None = None


def chart_of(course: CourseMap) -> Chart:
    """The map laid out; the same map gives the same chart."""
    cells, first_rows, rows = _cells(course)
    routes = _routes(course.edges, cells)
    gutters = _gutter_tracks(routes, cells)
    tops, height = _row_tops(first_rows, rows, gutters)
    roads = _Roads(cells, tops, _ports(course.edges, cells), gutters)
    columns = 1 + max((cell.column for cell in cells.values()), default=0)
    lefts, turns, width = _columns([_gap_tracks(nets) for nets in roads.nets(routes, columns)])
    cards = {topic: Box(lefts[cell.column], tops[cell.row], CARD_WIDTH, CARD_HEIGHT) for topic, cell in cells.items()}
    lanes: dict[str, Box] = {}
    for lane, first, last in zip(course.lanes, first_rows, [*first_rows[1:], rows], strict=True):
        top = tops[first] - LANE_PAD - _room(gutters, first)
        bottom = tops[last] - _room(gutters, last) - LANE_PAD - LANE_GAP if last < rows else height
        lanes[lane.id] = Box(0, top, width, bottom - top)
    return Chart(width, height, lanes, cards, [roads.drawn(route, cards, turns) for route in routes])


# Cells


def _cells(course: CourseMap) -> tuple[dict[str, _Cell], list[int], int]:
    """The cell of each topic, the first row of each lane, and how many rows there are. A column is a layer."""
    order = _ordered(course)
    alone = {topic for topic, node in course.nodes.items() if not node.requires and not node.unlocks}
    cells: dict[str, _Cell] = {}
    first_rows: list[int] = []
    row = 0
    for lane in course.lanes:
        first_rows.append(row)
        stacks = [stack for stack in order[lane.id] if stack]
        count = max(map(len, stacks), default=0)
        for topic, place in _rows_of(stacks, count, course).items():
            cells[topic] = _Cell(course.nodes[topic].layer, row + place)
        row += count
        isolated = [topic for topic in lane.topics if topic in alone]
        for place, topic in enumerate(isolated):
            cells[topic] = _Cell(place % FEWEST_COLUMNS, row + place // FEWEST_COLUMNS)
        row += -(-len(isolated) // FEWEST_COLUMNS) or (0 if count else 1)
    return cells, first_rows, row


def _ordered(course: CourseMap) -> dict[str, list[list[str]]]:
    """For each lane its connected topics by layer, from the top; of several orders the one with fewest crossings."""
    layers = len(course.layers)
    order: dict[str, list[list[str]]] = {lane.id: [[] for _ in range(layers)] for lane in course.lanes}
    for lane in course.lanes:
        for topic in lane.topics:
            node = course.nodes[topic]
            if node.requires or node.unlocks:
                order[lane.id][node.layer].append(topic)
    heights: dict[str, float] = {}
    for number, stacks in enumerate(order.values()):
        for stack in stacks:
            heights.update(_heights_in(stack, number))
    best, fewest = deepcopy(order), _crossings(heights, course)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        for layer in range(layers) if forward else reversed(range(layers)):
            for number, stacks in enumerate(order.values()):
                stacks[layer].sort(key=lambda topic: _mean_of_near(topic, course, heights, forward=forward))
                heights.update(_heights_in(stacks[layer], number))
        count = _crossings(heights, course)
        if count < fewest:
            best, fewest = deepcopy(order), count
    return best


def _heights_in(stack: Sequence[str], lane: int) -> Iterator[tuple[str, float]]:
    """How far down each topic of a layer stands, all lanes being spread evenly."""
    return ((topic, lane + (place + 0.5) / len(stack)) for place, topic in enumerate(stack))


def _mean_of_near(topic: str, course: CourseMap, places: Mapping[str, float], *, forward: bool) -> float:
    """Where a topic would stand best: in the middle of those that it requires, or of those that it unlocks."""
    node = course.nodes[topic]
    near = [places[name] for name in (node.requires if forward else node.unlocks) if name in places]
    return sum(near) / len(near) if near else places[topic]


def _crossings(heights: Mapping[str, float], course: CourseMap) -> int:
    """How many edges between the same two layers cross."""
    between: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for start, end in course.edges:
        between[course.nodes[start].layer, course.nodes[end].layer].append((heights[start], heights[end]))
    count = 0
    for pairs in between.values():
        ends: list[float] = []
        for _, end_height in sorted(pairs):
            count += len(ends) - bisect_right(ends, end_height)
            insort(ends, end_height)
    return count


def _rows_of(stacks: Sequence[Sequence[str]], count: int, course: CourseMap) -> dict[str, int]:
    """The row, of `count`, of each topic of a lane: in the order of its layer and near to what it is joined with."""
    rows = {topic: place + (count - len(stack)) // 2 for stack in stacks for place, topic in enumerate(stack)}
    best, least = dict(rows), _stretch(rows, course)
    for sweep in range(4):
        forward = sweep % 2 == 1
        for stack in stacks if forward else reversed(stacks):
            wanted = [_mean_of_near(topic, course, rows, forward=forward) for topic in stack]
            rows.update(zip(stack, _nearest_rows(wanted, count), strict=True))
        if (stretch := _stretch(rows, course)) < least:
            best, least = dict(rows), stretch
    return best


def _stretch(rows: Mapping[str, int], course: CourseMap) -> int:
    return sum(abs(rows[topic] - rows[name]) for topic in rows for name in course.nodes[topic].requires if name in rows)


def _nearest_rows(wanted: Sequence[float], count: int) -> list[int]:
    """Rising rows below `count`, each near to what is wanted: from the top, then pushed up where there is no room."""
    rows: list[int] = []
    for place, target in enumerate(wanted):
        nearest = max(round(target), rows[-1] + 1 if rows else 0)
        rows.append(min(nearest, count - len(wanted) + place))
    return rows


# Roads


def _routes(edges: Iterable[tuple[str, str]], cells: Mapping[str, _Cell]) -> list[_Route]:
    """How each edge goes. A cell through which one topic's roads pass is passed by no other's."""
    taken: dict[_Cell, str] = dict.fromkeys(cells.values(), "")

    def is_free(row: int, first: int, last: int, net: str) -> bool:
        return all(taken.get(_Cell(column, row), net) == net for column in range(first, last + 1))

    routes: list[_Route] = []
    for start, end in edges:
        here, there = cells[start], cells[end]
        first, last = here.column + 1, there.column - 1
        if first > last:
            routes.append(_Route(start, end))
            continue
        for row in (there.row, here.row):
            if is_free(row, first, last, start):
                taken |= {_Cell(column, row): start for column in range(first, last + 1)}
                routes.append(_Route(start, end, row=row))
                break
        else:
            routes.append(_Route(start, end, gutter=there.row if there.row > here.row else there.row + 1))
    return routes


def _gutter_tracks(routes: Iterable[_Route], cells: Mapping[str, _Cell]) -> dict[int, dict[str, int]]:
    """For each gutter with roads the track of each topic's roads in it. Gutter N is the one above row N."""
    reach: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for route in routes:
        if route.gutter is not None:
            nets = reach[route.gutter]
            first, last = nets.get(route.start, (cells[route.start].column, 0))
            nets[route.start] = (first, max(last, cells[route.end].column))
    found: dict[int, dict[str, int]] = {}
    for gutter, nets in reach.items():
        ends: list[int] = []  # the column up to which each track is taken
        found[gutter] = {}
        for net, (first, last) in sorted(nets.items(), key=lambda each: (each[1], cells[each[0]].row)):
            track = next((number for number, end in enumerate(ends) if end < first), len(ends))
            ends[track : track + 1] = [last]
            found[gutter][net] = track
    return found


def _room(gutters: Mapping[int, Mapping[str, int]], gutter: int) -> int:
    """How much higher a gutter is for the roads in it."""
    tracks = gutters.get(gutter)
    return TRACK * max(tracks.values()) + TRACK if tracks else 0


def _row_tops(
    first_rows: Sequence[int], rows: int, gutters: Mapping[int, Mapping[str, int]]
) -> tuple[list[float], float]:
    """The upper edge of each row, and the height of all."""
    tops: list[float] = []
    y = 0.0
    for row in range(rows):
        if row in first_rows:
            y += (LANE_PAD + LANE_GAP if row else 0) + LANE_PAD
        else:
            y += GUTTER
        y += _room(gutters, row)
        tops.append(y)
        y += CARD_HEIGHT
    return tops, y + LANE_PAD + _room(gutters, rows)


def _ports(edges: Iterable[tuple[str, str]], cells: Mapping[str, _Cell]) -> dict[tuple[str, str], float]:
    """For each edge how far from the middle of the left side it arrives: what comes from above, above."""
    arriving: dict[str, list[str]] = defaultdict(list)
    for start, end in edges:
        arriving[end].append(start)
    ports: dict[tuple[str, str], float] = {}
    for end, starts in arriving.items():
        row = cells[end].row
        starts.sort(key=lambda name: (cells[name].row, -cells[name].column))
        straight = next((place for place, name in enumerate(starts) if cells[name].row == row), (len(starts) - 1) / 2)
        step = min(14.0, (CARD_HEIGHT / 2 - 16) / max(1, straight, len(starts) - 1 - straight))
        ports |= {(start, end): (place - straight) * step for place, start in enumerate(starts)}
    return ports


class _Net(NamedTuple):
    """One topic's roads in one gap: the heights at which they come in from the left and go out to the right."""

    topic: str
    left: set[float]
    right: set[float]

    @property
    def span(self) -> tuple[float, float]:
        """From the highest to the lowest point."""
        every = self.left | self.right
        return min(every), max(every)


class _Roads(NamedTuple):
    """The heights at which roads run, where the rows have their places."""

    cells: Mapping[str, _Cell]
    tops: Sequence[float]
    ports: Mapping[tuple[str, str], float]
    gutters: Mapping[int, Mapping[str, int]]

    def leaving(self, topic: str) -> float:
        """Where a topic's roads begin."""
        return self.tops[self.cells[topic].row] + CARD_HEIGHT / 2

    def arriving(self, route: _Route) -> float:
        """Where a road ends."""
        return self.leaving(route.end) + self.ports[route.start, route.end]

    def passing(self, route: _Route) -> float:
        """Where a road passes the columns between."""
        if route.gutter is None:
            return self.arriving(route) if route.row == self.cells[route.end].row else self.leaving(route.start)
        track = TRACK * self.gutters[route.gutter][route.start]
        if route.gutter < len(self.tops):
            return self.tops[route.gutter] - GUTTER / 2 - track
        return self.tops[-1] + CARD_HEIGHT + GUTTER / 2 + track

    def turns(self, route: _Route) -> Iterator[tuple[int, float, float]]:
        """The gaps in which a road changes its height, as (gap, from, to); gap N is to the right of column N."""
        first, last = self.cells[route.start].column, self.cells[route.end].column - 1
        leaving, arriving = self.leaving(route.start), self.arriving(route)
        if first == last:
            yield first, leaving, arriving
        else:
            passing = self.passing(route)
            yield first, leaving, passing
            yield last, passing, arriving

    def nets(self, routes: Iterable[_Route], columns: int) -> list[list[_Net]]:
        """For each gap the nets in it that go up or down."""
        gaps: list[dict[str, _Net]] = [{} for _ in range(columns)]
        for route in routes:
            for gap, here, there in self.turns(route):
                net = gaps[gap].setdefault(route.start, _Net(route.start, set(), set()))
                net.left.add(here)
                net.right.add(there)
        return [[net for net in gap.values() if net.span[0] < net.span[1]] for gap in gaps]

    def drawn(self, route: _Route, cards: Mapping[str, Box], xs: Mapping[tuple[int, str], float]) -> Road:
        """A road with its corners; `xs` says where each topic's roads turn in each gap."""
        here, there = cards[route.start], cards[route.end]
        points: list[Point] = [(here.x + here.width, self.leaving(route.start))]
        for gap, before, after in self.turns(route):
            if before != after:
                x = xs[gap, route.start]
                points += [(x, before), (x, after)]
        return Road(route.start, route.end, [*points, (there.x, self.arriving(route))])


def _gap_tracks(nets: Sequence[_Net]) -> dict[str, int]:
    """The track of each net of a gap, counted from the left: in an order with few crossings, no two on each other."""
    order = sorted(nets, key=lambda net: (net.span[0], net.span[1], net.topic))
    if len(order) <= MOST_SORTED:
        for _ in order:  # neighbours change places as long as that saves crossings
            swapped = False
            for place in range(len(order) - 1):
                one, other = order[place], order[place + 1]
                if _cost(other, one) < _cost(one, other):
                    order[place : place + 2] = [other, one]
                    swapped = True
            if not swapped:
                break
    tracks: dict[str, int] = {}
    placed: list[tuple[float, float, int]] = []
    for net in order:
        top, bottom = net.span
        track = 1 + max((t for low, high, t in placed if low <= bottom + TRACK and top <= high + TRACK), default=-1)
        placed.append((top, bottom, track))
        tracks[net.topic] = track
    return tracks


def _cost(left: _Net, right: _Net) -> int:
    """Crossings where one net turns to the left of another; that they lie on each other costs more than any of them."""
    (left_top, left_bottom), (right_top, right_bottom) = left.span, right.span
    crossings = sum(right_top <= y <= right_bottom for y in left.right)
    crossings += sum(left_top <= y <= left_bottom for y in right.left)
    return crossings + 20 * len(left.right & right.left)


def _columns(gaps: Sequence[Mapping[str, int]]) -> tuple[list[float], dict[tuple[int, str], float], float]:
    """The left edge of each column, where each topic's roads turn in the gap behind it, and the width of all."""
    lefts: list[float] = []
    turns: dict[tuple[int, str], float] = {}
    x = float(RAIL)
    for column, tracks in enumerate(gaps):
        lefts.append(x)
        taken = TRACK * max(tracks.values(), default=0)
        gap = max(GAP, 2 * APPROACH + taken)
        x += CARD_WIDTH
        turns |= {(column, topic): x + (gap - taken) / 2 + TRACK * track for topic, track in tracks.items()}
        x += gap
    return lefts, turns, max(lefts[-1] + CARD_WIDTH + LANE_PAD, RAIL + LEAST_COLUMNS * (CARD_WIDTH + GAP))


def path_of(points: Sequence[Point], radius: float = 9) -> str:
    """A line through these corners as an SVG path, each corner rounded."""
    path = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(radius, dist(before, corner) / 2, dist(corner, after) / 2)
        path.append(f"L{_pair(_towards(corner, before, bend))}Q{_pair(corner)} {_pair(_towards(corner, after, bend))}")
    return "".join([*path, f"L{_pair(points[-1])}"])


def _towards(start: Point, end: Point, distance: float) -> Point:
    """The point so far from one towards another, which is straight beside it, above or below."""
    x, y = (max(-distance, min(distance, there - here)) for here, there in zip(start, end, strict=True))
    return start[0] + x, start[1] + y


def _pair(point: Point) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in point)
