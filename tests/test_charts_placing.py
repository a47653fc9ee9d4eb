"""Room for labels: what a text may cover, and which text goes without a place."""

from __future__ import annotations

from factbook.charts.placing import Box, Wish, placed

ROOM = (200.0, 100.0)


def wish(text: str, x: float, y: float, *, needed: bool = False) -> Wish:
    return Wish(text, (x, y), (30, 12), needed)


def box(centre: tuple[float, float]) -> Box:
    x, y = centre
    return Box(x - 15, y - 6, x + 15, y + 6)


def test_a_text_without_room_is_left_out_unless_it_is_needed() -> None:
    crowd = [Wish("", (100 + x, 50 + y), (1, 1)) for x in range(-60, 61, 5) for y in (-20, 0, 20)]
    lines = [[(0.0, float(y)), (200.0, float(y))] for y in range(0, 100, 8)]
    assert placed([wish("1998", 100, 50), *crowd], room=ROOM, lines=lines).get("1998") is None
    found = placed([wish("1998", 100, 50, needed=True), *crowd], room=ROOM, lines=lines)
    assert "1998" in found


def test_no_text_leaves_the_plot_even_when_it_is_needed() -> None:
    corners = [(0, 0), (200, 0), (0, 100), (200, 100), (199, 50)]
    wishes = [wish(f"{at}", x, y, needed=True) for at, (x, y) in enumerate(corners)]
    found = placed(wishes, room=ROOM)
    assert len(found) == len(corners)
    for centre in found.values():
        assert box(centre).within(*ROOM)
    assert placed([wish("wider", 5, 5, needed=True)], room=(20, 10)) == {}


def test_texts_cover_neither_points_nor_lines_nor_one_another() -> None:
    points = [(40.0, 50.0), (60.0, 48.0), (80.0, 52.0), (100.0, 50.0), (120.0, 30.0)]
    wishes = [wish(f"{at}", x, y) for at, (x, y) in enumerate(points)]
    found = {name: box(at) for name, at in placed(wishes, room=ROOM, lines=[points]).items()}
    assert len(found) >= 3
    for name, own in found.items():
        assert not any(own.meets(other) for key, other in found.items() if key != name)
        for x, y in points:
            assert not own.meets(Box(x - 1, y - 1, x + 1, y + 1))


def test_a_needed_text_takes_its_place_before_one_that_came_first() -> None:
    first, second = wish("first", 100, 50), wish("second", 100, 50, needed=True)
    alone = placed([second], room=ROOM)["second"]
    assert placed([first, second], room=ROOM)["second"] == alone


def test_a_free_point_has_its_text_at_its_right() -> None:
    x, y = placed([wish("2020", 50, 50)], room=ROOM)["2020"]
    assert (x, y) == (50 + 6 + 15, 50)


def test_texts_on_one_line_keep_apart() -> None:
    """Two years side by side would be read as one number."""
    room = (100.0, 12.0)
    assert set(placed([wish("2010", 20, 6), wish("2011", 98, 6)], room=room)) == {"2010", "2011"}
    assert set(placed([wish("2010", 20, 6), wish("2011", 93, 6)], room=room)) == {"2010"}


def test_a_needed_text_covers_a_line_rather_than_another_text() -> None:
    """On a line one can read it; on a text one can read neither."""
    lines = [[(0.0, float(y)), (95.0, float(y))] for y in range(0, 100, 3)]
    wishes = [wish(name, 100, 50, needed=True) for name in ("2010", "2011")]
    found = placed(wishes, room=ROOM, lines=lines)
    assert not box(found["2010"]).meets(box(found["2011"]))
