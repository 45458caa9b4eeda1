use proptest::prelude::*;

use super::assert_fits;
use super::html::assert_sound;
use crate::{Look, prill_with};

/// Pieces of a text that somebody made to be hard to show.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let hard: [&[u8]; 18] = [
        b"x 5 us\n",
        b"sum 2 3\n",
        b"odd 7 parsecs</td>\n",
        b"version 12\n",
        b"\x1b[31m",
        b"\x1b]0;title",
        b"\x1b[",
        b"\r",
        b"\r\n",
        b"\t",
        b"\0",
        b"<script>",
        b"&amp;\"'>",
        b"\xff\xfe\xc3",
        "測試\u{202e}\u{200b}e\u{301}".as_bytes(),
        "\u{9b}31m\u{2028}".as_bytes(),
        b"9,5 1e400 0x7 ",
        b"long, long; words ",
    ];
    prop_oneof![
        4 => proptest::sample::select(hard.map(<[u8]>::to_vec).to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 0..3000_usize).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_program_prints_is_shown_within_the_width_and_as_text(
        pieces in proptest::collection::vec(piece(), 0..30),
        width in 20..200_usize,
        colour: bool,
    ) {
        let text = [b"tiny\nx 1 us\n".to_vec(), pieces.concat()].concat();
        let look = Look { width: Some(width), colour, ..Look::default() };
        let terminal = prill_with(&["explain"], &text, look).out;
        let plain = if colour { without_colours(&terminal) } else { terminal };
        assert_fits(&plain, width);
        prop_assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        let page = prill_with(&["explain", "--html", "-"], &text, look).out;
        assert_sound(&page);
        prop_assert!(!page.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{page:?}");
    }
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once('m').expect("the end of a colour").1)
}
