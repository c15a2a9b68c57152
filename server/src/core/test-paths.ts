/** Folders and files of Python's tests below the workspace folder, by the conventions of pytest, unittest and Django. */
export const pythonTestPath =
  /(^|\/)(tests?|testing|e2e|fixtures?|benchmarks?)\/|(^|\/)(test_[^/]*|[^/]*_tests?|tests|conftest)\.py$/;
