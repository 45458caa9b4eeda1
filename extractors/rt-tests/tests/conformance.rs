//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_rt_tests as _;

mod cyclicdeadline {
    prill_testkit::conformance!("cyclicdeadline");
}

mod cyclictest {
    prill_testkit::conformance!("cyclictest");
}

mod deadline_test {
    prill_testkit::conformance!("deadline_test");
}

mod oslat {
    prill_testkit::conformance!("oslat");
}

mod pi_stress {
    prill_testkit::conformance!("pi_stress");
}

mod pmqtest {
    prill_testkit::conformance!("pmqtest");
}

mod ptsematest {
    prill_testkit::conformance!("ptsematest");
}

mod queuelat {
    prill_testkit::conformance!("queuelat");
}

mod rt_migrate_test {
    prill_testkit::conformance!("rt-migrate-test");
}

mod signaltest {
    prill_testkit::conformance!("signaltest");
}

mod sigwaittest {
    prill_testkit::conformance!("sigwaittest");
}

mod svsematest {
    prill_testkit::conformance!("svsematest");
}
