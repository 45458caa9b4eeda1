use super::*;

#[test]
fn the_last_one_counts() {
    let text = "{\"a\": 1, \"b\": 2, \"a\": 3}";
    assert_eq!(read(text).0, ["b=2", "a=3"]);
    let first = crate::Span::new(2, 3);
    let problem = Problem { span: crate::Span::new(18, 19), kind: ProblemKind::DuplicateKey { first } };
    assert_eq!(read(text).1.problems.iter().collect::<Vec<_>>(), [problem]);
}

#[test]
fn whole_subtrees() {
    let text = "{\"r\": {\"x\": 1, \"x\": 2, \"y\": [3]}, \"s\": 4, \"r\": {\"z\": 5}, \"r\": {\"z\": 6, \"z\": 7}}";
    let (leaves, outcome) = read(text);
    assert_eq!(leaves, ["s=4", "r.z=7"]);
    assert_eq!(outcome.problems.iter().count(), 4);
}

#[test]
fn the_same_key_in_another_object_is_none() {
    assert_eq!(leaves("[{\"a\": 1, \"b\": {\"a\": 2}}, {\"a\": 3}]"), ["0.a=1", "0.b.a=2", "1.a=3"]);
}

#[test]
fn keys_are_compared_by_what_they_say() {
    assert_eq!(read(r#"{"ab": 1, "\u0061b": 2}"#).0, ["ab=2"]);
    assert_eq!(read(r#"{"\u0061b": 1, "ab": 2}"#).0, ["ab=2"]);
    assert_eq!(read(r#"{"": 1, "": 2}"#).0, ["=2"]);
    assert_eq!(leaves(r#"{"a\"": 1, "a'": 2}"#), ["a\"=1", "a'=2"]);
}

#[test]
fn in_a_document_that_is_cut() {
    let text = "{\"a\": 1, \"b\": {\"c\": 2, \"c\": 3, \"a\": 4}, \"a\": 5, \"d\"";
    assert_eq!(read(text).0, ["b.c=3", "b.a=4", "a=5"]);
    // The later one has no value as yet, so the earlier one counts.
    assert_eq!(read("{\"a\": 1, \"a\": 5").0, ["a=1"]);
}

#[test]
fn in_objects_of_any_size() {
    for size in [2, 40, 47, 48, 49, 50, 100, 5000] {
        for length in [1, 7, 8, 9, 31, 32, 33, 40] {
            let key = |index: usize| format!("\"{:x>length$}{index}\": {index}", "");
            let mut members: Vec<String> = (0..size).map(key).collect();
            assert_eq!(leaves(&format!("{{{}}}", members.join(", "))).len(), size);
            members.push(key(0));
            members.push(key(size - 1));
            members.push(key(0));
            let (leaves, outcome) = read(&format!("{{{}}}", members.join(", ")));
            assert_eq!(leaves.len(), size, "{size} {length}");
            assert_eq!(outcome.problems.iter().count(), 3);
            assert!(leaves.last().unwrap().ends_with("0=0"));
        }
    }
}

#[test]
fn large_objects_within_each_other() {
    let members = |from: usize| (from..from + 60).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(",");
    let text = format!("{{{},\"in\":{{{},\"k3\":1}},\"k3\":2,{}}}", members(0), members(0), members(100));
    let (leaves, outcome) = read(&text);
    assert_eq!(leaves.len(), 180);
    assert_eq!(outcome.problems.iter().count(), 2);
}
