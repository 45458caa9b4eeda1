/// The tests that every format must pass over its `samples/`, one for each [`Guarantee`](crate::Guarantee):
///
/// ```text
/// use prill_extract_words as _;
///
/// prill_testkit::conformance!("words");
/// ```
///
/// The format is found by its name in the registry, so its crate has to be linked. A crate with several formats calls the
/// macro in one module for each, and has its samples in `samples/FORMAT/CASE`. `conformance!("json", generic)` is for a
/// format that reads any text of a kind (see [`Kit::generic`](crate::Kit::generic)).
///
/// With the environment variable `PRILL_TESTKIT=all` every sample is cut at each byte, however long it takes.
#[macro_export]
macro_rules! conformance {
    ($format:literal $(, $option:ident)*) => {
        $crate::conformance! { @tests $format [$($option)*]
            there_are_samples_and_the_hard_ones: Samples,
            the_numbers_read_by_hand_are_found: Values,
            each_number_stands_at_its_span: Places,
            units_and_directions_are_those_of_the_quantity: Words,
            names_and_labels_follow_the_rules: Names,
            each_number_is_explained: Covered,
            its_own_outputs_are_recognised: Own,
            other_tools_are_not_claimed: Foreign,
            no_prefix_breaks_it: Prefixes,
            no_lost_byte_breaks_it: LostBytes,
            crlf_changes_nothing: LineEnds,
            colours_change_nothing: Colours,
            bad_bytes_change_nothing: BadBytes,
            two_runs_are_told_apart: Twice,
        }

        #[test]
        fn the_metrics_are_those_of_the_snapshots() {
            let held = __kit().snapshots(|name, text| $crate::insta::assert_snapshot!(name, text));
            held.unwrap_or_else(|broken| panic!("failed to {broken}"));
        }
    };
    (@tests $format:literal [$($option:ident)*] $($test:ident: $guarantee:ident,)*) => {
        fn __kit() -> $crate::Kit {
            let kit = $crate::Kit::linked($format, env!("CARGO_MANIFEST_DIR")).unwrap_or_else(|e| panic!("failed to {e}"));
            $(let kit = kit.$option();)*
            kit
        }

        $(
            #[test]
            fn $test() {
                __kit().check($crate::Guarantee::$guarantee).unwrap_or_else(|broken| panic!("failed to {broken}"));
            }
        )*
    };
}

#[cfg(test)]
mod tests {
    use crate::Guarantee;

    #[test]
    fn the_macro_asks_for_every_guarantee() {
        let text = include_str!("conformance.rs");
        for guarantee in Guarantee::ALL.iter().filter(|guarantee| **guarantee != Guarantee::Snapshots) {
            assert!(text.contains(&format!(": {guarantee:?},\n")), "{guarantee:?}");
        }
    }
}
