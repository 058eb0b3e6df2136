import assert from "node:assert/strict";
import { test } from "node:test";
import { assignmentBefore } from "../../src/detect/assignment.ts";

/** `¦` stands where the value begins. */
const assignments: [language: string, text: string, name: string][] = [
  ["shell", "TOKEN=¦", "TOKEN"],
  ["shell, exported and quoted", 'export API_TOKEN="¦', "API_TOKEN"],
  ["a Makefile", "API_KEY := ¦", "API_KEY"],
  ["a Makefile, if unset", "API_KEY ?= ¦", "API_KEY"],
  ["INI", "password = ¦", "password"],
  ["properties", "spring.datasource.password=¦", "spring.datasource.password"],
  ["YAML", "  client_secret: ¦", "client_secret"],
  ["YAML, quoted", "  client-secret: '¦", "client-secret"],
  ["JSON", '{"apiKey": "¦', "apiKey"],
  ["JSON without blanks", '{"apiKey":"¦', "apiKey"],
  ["JSON in JSON", '{"body":"{\\"apiKey\\":\\"¦', "apiKey"],
  ["JSON in JSON in JSON", '\\\\\\"apiKey\\\\\\": \\\\\\"¦', "apiKey"],
  ["a text with escapes", '"A=1\\nSESSION_KEY=¦', "SESSION_KEY"],
  ["a text with escapes in JSON", '"A=1\\\\r\\\\nsession_key=¦', "session_key"],
  ["a path of Windows", "C:\\token=¦", "token"],
  ["JSON over two lines", '"apiKey":\n    "¦', "apiKey"],
  ["JavaScript", "const apiKey = '¦", "apiKey"],
  ["TypeScript with a type", 'const apiKey: string = "¦', "apiKey"],
  ["TypeScript, optional", 'apiKey?: string = "¦', "apiKey"],
  ["an object", "{ apiKey: `¦", "apiKey"],
  ["a member", 'this.config.apiKey = "¦', "this.config.apiKey"],
  ["an environment in brackets", 'process.env["API_KEY"] = "¦', "API_KEY"],
  ["Python", "api_key = '¦", "api_key"],
  ["Python with a type", "api_key: str = '¦", "api_key"],
  ["Python, default without blanks", "def f(api_key: str='¦", "api_key"],
  ["Python bytes", "api_key = b'¦", "api_key"],
  ["a Python dictionary", "os.environ['API_KEY'] = '¦", "API_KEY"],
  ["a Python keyword argument", "connect(password='¦", "password"],
  ["Ruby", "config.api_key = '¦", "config.api_key"],
  ["a Ruby hash", ":api_key => '¦", "api_key"],
  ["PHP array", "'api_key' => '¦", "api_key"],
  ["PHP variable", "$apiKey = '¦", "apiKey"],
  ["PHP define", "define('DB_PASSWORD', '¦", "DB_PASSWORD"],
  ["Perl", "my $password = '¦", "password"],
  ["Go", 'apiKey := "¦', "apiKey"],
  ["Go with a type", 'var apiKey string = "¦', "apiKey"],
  ["Go with a type of a package", '\tclientSecret config.Secret = "¦', "clientSecret"],
  ["Go, a raw string", "apiKey := `¦", "apiKey"],
  ["Rust", 'let api_key: &str = "¦', "api_key"],
  ["Rust, static", "const API_KEY: &'static str = \"¦", "API_KEY"],
  ["Java", 'private static final String API_KEY = "¦', "API_KEY"],
  ["Java, put", 'map.put("apiKey", "¦', "apiKey"],
  ["Java, setter", 'client.setApiKey("¦', "client.setApiKey"],
  ["Kotlin", 'val apiKey: String = "¦', "apiKey"],
  ["Swift", 'let apiKey: String = "¦', "apiKey"],
  ["C", 'const char *api_key = "¦', "api_key"],
  ["C, an array", 'char api_key[] = "¦', "api_key"],
  ["a C macro is a blank after a name", '#define X\nset API_KEY "¦', "API_KEY"],
  ["C#", 'public string ApiKey { get; } = "x"; var apiKey = @"¦', "apiKey"],
  ["Objective-C", 'NSString *apiKey = @"¦', "apiKey"],
  ["Lua", "api_key = [[x]] token = '¦", "token"],
  ["Terraform", '  api_key = "¦', "api_key"],
  ["a Dockerfile, ENV with a blank", "ENV API_KEY ¦", "API_KEY"],
  ["a Dockerfile, ARG", "ARG API_KEY=¦", "API_KEY"],
  ["XML", "<apiKey>¦", "apiKey"],
  ["an XML attribute", '<add apiKey="¦', "apiKey"],
  ["an XML key and value", '<add key="ApiKey" value="¦', "ApiKey"],
  ["name and value in YAML", "- name: API_KEY\n  value: ¦", "API_KEY"],
  ["name and value in JSON", '{"name": "API_KEY", "value": "¦', "API_KEY"],
  ["HTML-escaped JSON", "{&quot;apiKey&quot;:&quot;¦", "apiKey"],
  ["a flag with a blank", "deploy --api-key ¦", "api-key"],
  ["a flag with a sign", "deploy --api-key=¦", "api-key"],
  ["a flag in quotes", "deploy --api-key '¦", "api-key"],
  ["a query", "https://x.test/?a=1&api_key=¦", "api_key"],
  ["a header", "X-Api-Key: ¦", "X-Api-Key"],
  ["SQL", "SET password = '¦", "password"],
  ["SQL, a new account", "CREATE USER app WITH LOGIN PASSWORD '¦", "password"],
  ["a comparison", "if (token == '¦", "token"],
  ["Windows", "set API_KEY=¦", "API_KEY"],
  ["PowerShell", '$env:API_KEY = "¦', "API_KEY"],
  ["a workflow's command", "      run: API_KEY=¦", "API_KEY"],
  ["a setting in a line of YAML", 'log: api_key = "¦', "api_key"],
  ["TypeScript with a type of its own", 'apiKey: ApiKey = "¦', "apiKey"],
  ["a command in YAML", "command: token=¦", "token"],
  ["a colour of a terminal in front", "\x1b[36;1mAPI_KEY=¦", "API_KEY"],
  ["colours around the sign", "\x1b[1mtoken\x1b[0m: ¦", "token"],
  ["a diff", "+api_key: ¦", "api_key"],
];
for (const [language, text, name] of assignments) {
  test(`the name is read in ${language}`, () => {
    assert.equal(assignmentBefore(text.slice(0, text.indexOf("¦")))?.name, name);
  });
}

const none: [name: string, text: string][] = [
  ["the start of a text", "¦"],
  ["a word before a blank", "the token ¦"],
  ["a closing bracket", "f(x) ¦"],
  ["the end of a sentence", "It is a token. ¦"],
  ["a path", "/etc/secret/¦"],
  ["a second argument without quotes", "f(token, '¦"],
  ["a third argument", "f('a', 'token', '¦"],
  ["the second of a list", "['token', 'secret'], '¦"],
  ["a closed call's second", "hash('password'), '¦"],
  ["what a password is compared with", 'encoder.matches("password", "¦'],
  ["what a hash is checked against", 'assertEquals("password", "¦'],
  ["text to encrypt", "encrypt('password', '¦"],
  ["a list of functions in a change log", "(forget_password): ¦"],
  ["the head of a function", "def password(): ¦"],
  ["a comparison of tags", "a > ¦"],
  ["a tag that was closed", "<token>x</b> > ¦"],
  ["a number", "1: ¦"],
  ["a sign only", " = ¦"],
  ["an opening bracket only", "('¦"],
  ["a question", "token ? '¦"],
  ["a sum", "token + '¦"],
  ["a pipe", "token | ¦"],
  ["a comment sign", "# ¦"],
  ["a bullet", "- ¦"],
  ["a quoted password in prose", "create a user whose password '¦"],
  ["a quote in prose", 'the token "¦'],
  ["a short flag of a command", "-- ¦"],
  ["an e-mail", "me@¦"],
];
for (const [name, text] of none) {
  test(`nothing is assigned behind ${name}`, () => {
    assert.equal(assignmentBefore(text.slice(0, text.indexOf("¦"))), undefined);
  });
}

test("the sign and the quote are told", () => {
  assert.deepEqual(assignmentBefore('token = "'), { name: "token", sign: "=", quote: '"' });
  assert.deepEqual(assignmentBefore("token: "), { name: "token", sign: ":", quote: "" });
  assert.deepEqual(assignmentBefore("--token "), { name: "token", sign: " ", quote: "" });
  assert.deepEqual(assignmentBefore('set("token", \''), { name: "token", sign: ",", quote: "'" });
});
