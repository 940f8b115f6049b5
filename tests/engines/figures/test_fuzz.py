"""A few of the texts that the bench's fuzzer makes."""

import random

import pytest
from bench.figures import fuzz


@pytest.mark.parametrize("seed", range(20))
def test_a_random_text_is_accounted_for(seed):
    assert fuzz.wrong(fuzz.random_text(random.Random(seed))) is None


def test_one_piece_over_and_over_is_accounted_for():
    texts = fuzz.hostile_texts(random.Random(4), length=80)
    assert [name for name, text in (next(texts) for _ in range(110)) if fuzz.wrong(text)] == []


def test_a_quarter_leaves_what_was_read_before_it():
    assert fuzz.wrong("一第第一季度") is None
