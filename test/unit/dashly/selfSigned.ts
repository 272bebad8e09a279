/**
 * A throw-away pair that nobody trusts, made for the tests of this folder and of use nowhere else; Node cannot make a
 * certificate by itself. Valid until 2126. Made by `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1
 * -nodes -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1`.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCJ7v/CIb7tJ2GoYI
htmmmLwBhlGAEPltuIcZuJ16gouhRANCAASkwrphRUsaLArTUQpDqRJeFkwg6DPL
tKI3dxOXSRVi4vvgFKTmGSnHKtUthBQ7uDBA+jq/LLkXDDSMqLBhxUxc
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUVxhpe1W8vgm9/aCgszU4Zc3AWWwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxMDMyN1oYDzIxMjYxMDMw
MjEwMzI3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASkwrphRUsaLArTUQpDqRJeFkwg6DPLtKI3dxOXSRVi4vvgFKTmGSnH
KtUthBQ7uDBA+jq/LLkXDDSMqLBhxUxco28wbTAdBgNVHQ4EFgQUI7KsT98bmGKa
1i1dX6OYALxgn2cwHwYDVR0jBBgwFoAUI7KsT98bmGKa1i1dX6OYALxgn2cwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgFxPme7WOMIDMaNkfdhg5gny6K63CjdA5xtHAjZKLw9sCIGcM
rHcesPebsTN2lsidJ1+eUbyPp8uU7QiQIhP9hek5
-----END CERTIFICATE-----
`,
};
