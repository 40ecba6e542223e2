"""JSON of any shape, small enough to be made by the thousand."""

from hypothesis import strategies as st

WORDS = st.text(max_size=12)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
JSON = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


def with_any(**expected):
    """Make objects in which each named field may be absent, as expected, or anything at all."""
    return st.fixed_dictionaries(
        {}, optional={name: wanted | JSON for name, wanted in expected.items()}
    )
