//! What every format must satisfy, over `samples/`.

use prill_extract_vm_scalability as _;

prill_testkit::conformance!("vm-scalability");
