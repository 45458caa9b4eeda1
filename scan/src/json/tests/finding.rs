use super::*;

#[test]
fn a_document_in_noise() {
    let document = "{\n \"results\": [{\"mean\": 0.5}]\n}";
    for (before, after) in [
        ("", ""),
        ("[12] foo\n", ""),
        ("[INFO] {starting} run {id=3, opts={a:1}}\n{\"not\": closed\n[warn] retry in 5s }\n", "\n[INFO] {done}\n"),
        ("fio: pid=3, err=2/file:x.c:1, func=open\n\n", "\nDisk stats (read/write):\n  vda: ios=1569/40, [x]\n"),
        ("..... [100%]", "\n---- {x} ----\n"),
        ("{\"log\": [1, 2\n", ""),
        ("{\"unclosed\n", ""),
        ("[ \"unclosed\n", ""),
        ("{ {", ""),
        ("[1] [2]: ", " [3]"),
        ("] } , : ", ""),
        ("result: ", ""),
    ] {
        assert_eq!(leaves(&format!("{before}{document}{after}")), ["results.0.mean=0.5"], "{before}|{after}");
    }
}

#[test]
fn the_last_whole_document_counts() {
    let text = "{\"a\": 1}\n{\"a\": 2, \"b\": 3}\n{\"a\": 4}\n";
    assert_eq!(read(text).0, ["a=4"]);
    assert_eq!(problems(text), ["OtherDocument: {\"a\": 1}", "OtherDocument: {\"a\": 2, \"b\": 3}"]);
    assert_eq!(read("{\"a\":1}{\"a\":2}").0, ["a=2"]);
    assert_eq!(read("[{\"a\":1}]\n{\"b\":2}").0, ["b=2"]);
}

#[test]
fn a_cut_last_document_does_not_count() {
    let text = "{\"a\": 1}\n{\"a\": 2, \"b\": [3,";
    assert_eq!(read(text).0, ["a=1"]);
    assert_eq!(read(text).1.end, End::Whole);
    assert_eq!(problems(text), ["OtherIncomplete: {\"a\": 2, \"b\": [3,"]);
}

#[test]
fn documents_of_their_own_lines_outrank_those_in_a_line_of_text() {
    let text = "{\"a\": 1}\n[INFO] {\"status\": 0} after 5 s\n";
    assert_eq!(read(text).0, ["a=1"]);
    assert_eq!(problems(text), ["OtherDocument: {\"status\": 0}"]);
    assert_eq!(leaves("[INFO] {\"status\": 0} after 5 s\n"), ["status=0"], "unless there is no other");
}

#[test]
fn a_cut_document_outranks_one_in_a_line_of_text() {
    assert_eq!(read("log {\"x\": 1} end\n{\n \"a\": 2,\n \"b\": ").0, ["a=2"]);
}

#[test]
fn brackets_are_no_document_unless_they_stand_alone() {
    for noise in ["[26710] started", "took [1, 2] s", "{} [] done", "a [1", "just text", "", "x [", "x {", "5", "\"a\""] {
        let (leaves, outcome) = read(noise);
        assert!(leaves.is_empty() && outcome.document.is_none() && outcome.problems.is_empty(), "{noise}");
    }
    assert_eq!(leaves("log\n  [1.5, 2]  \nlog\n"), ["0=1.5", "1=2"]);
    assert_eq!(leaves("{\"a\": 1}\n"), ["a=1"]);
    assert_eq!(read("[1, 2]\n{\"a\": 3}\n[4]\n").0, ["a=3"]);
    assert_eq!(read("[1.5, 2").1.end, End::Truncated { at: 6 });
    assert_eq!(read(" {} \n").1.document, Some(crate::Span::new(1, 3)));
}

#[test]
fn pieces_of_a_document_are_never_read() {
    let text = " 5,\n  \"lat\": {\"min\": 1}},\n {\"read\": {\"iops\": 2}}\n]}\n";
    let (leaves, outcome) = read(text);
    assert!(leaves.is_empty());
    assert_eq!(outcome.document, None);
    assert_eq!(outcome.problems.count(ProblemKind::Fragment), 2);
}

#[test]
fn the_rest_of_a_broken_document_does_not_replace_it() {
    let text = "{\"a\": 1, \"b\": x {\"c\": 2}, \"d\": {\"e\": 3}, \"f\": [{\"g\": 4}, {\"h\": 5}]}\n";
    let (leaves, outcome) = read(text);
    assert_eq!(leaves, ["a=1"]);
    assert!(matches!(outcome.end, End::Broken { .. }));
}

#[test]
fn all_documents_are_found() {
    let text = "x {\"a\": 1} y\n[3] z\n[3]\n{\"a\": 2";
    let found: Vec<_> = documents(text).iter().map(|(span, end)| (&text[span.start..span.end], *end)).collect();
    let cut = End::Truncated { at: 29 };
    assert_eq!(found, [("{\"a\": 1}", End::Whole), ("[3]", End::Whole), ("{\"a\": 2", cut)]);
    assert_eq!(drain(Reader::at(text, 2)).0, ["a=1"]);
    assert_eq!(drain(Reader::at(text, 22)).0, [] as [&str; 0]);
}

#[test]
fn of_several_broken_ones_the_one_that_says_most_counts() {
    let text = "{\"a\": 1, \"b\": 2, \"c\": oops {\n{\"log\": 3, oops {\n";
    assert_eq!(read(text).0, ["a=1", "b=2"]);
}
