from assistant.ui.door.rates import Budgets


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_as_many_as_a_minute_holds_may_come_at_once_and_then_as_time_goes_by() -> None:
    clock = Clock()
    budgets = Budgets(60, clock=clock)
    assert [budgets.spend("a") for _ in range(60)] == [0.0] * 60
    assert budgets.spend("a") == 1.0
    assert budgets.spend("b") == 0.0
    clock.now += 0.5
    assert budgets.spend("a") == 0.5
    clock.now += 0.5
    assert budgets.spend("a") == 0.0
    clock.now += 3_600
    assert [budgets.spend("a") for _ in range(60)] == [0.0] * 60
    assert budgets.spend("a") == 1.0


def test_callers_are_not_remembered_without_end() -> None:
    budgets = Budgets(60, clock=Clock())
    for number in range(20_000):
        budgets.spend(str(number))
    assert len(budgets._left) == 10_000
