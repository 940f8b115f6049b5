from hearth.engines.timetabling.board import Board, Find


def test_keeps_the_best_schedule_and_the_highest_bound():
    board = Board(1)
    board.found(Find({"m1": 1}, 5))
    board.found(Find({"m1": 2}, 3))
    board.found(Find({"m1": 3}, 3))
    board.proved(2)
    board.proved(0)
    assert board.best == Find({"m1": 2}, 3)
    assert board.bound == 2
    assert not board.closed


def test_closes_when_schedule_and_bound_meet():
    board = Board(0)
    board.found(Find({}, 2))
    board.proved(2)
    assert board.closed
    assert not board.infeasible


def test_closes_when_nothing_is_possible():
    board = Board(0)
    board.proved_infeasible()
    assert board.closed
    assert board.infeasible


def test_closes_on_request():
    board = Board(0)
    board.close()
    assert board.closed
    assert board.best is None
