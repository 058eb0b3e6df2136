import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

/** Lines as people write them; `[…]` marks the secret, templates are minted. Each is a file of its own. */
type Line = readonly [path: string, line: string];

const secrets: readonly Line[] = [
  [".env", "SESSION_SECRET=[{{alnum 32}}]"],
  [".env", 'JWT_SECRET="[{{base64 44}}]"'],
  ["Keys.java", 'static final String ENCODED_SECRET_KEY = "[{{base64 43}}=]";'],
  [".env", "export INTERNAL_API_KEY=[{{hex 40}}]"],
  [".env", "DB_PASSWORD=[{{letters 5}}{{digits 3}}!x]"],
  [".env", "REDIS_PASSWORD='[{{alnum 12}}#7]'"],
  ["config.yml", "  client_secret: [{{base64url 43}}]"],
  ["config.yml", "  password: [{{letters 6}}-{{digits 4}}!]"],
  ["config.yml", 'api_token: "[{{lowalnum 40}}]"'],
  ["values.yaml", "  adminPassword: [{{alnum 10}}9z]"],
  ["secret.yaml", "stringData:\n  auth-token: [{{hex 64}}]"],
  ["config.json", '{ "accessToken": "[{{alnum 48}}]" }'],
  ["config.json", '{"apiKey":"[{{lowalnum 32}}]","region":"eu"}'],
  ["appsettings.json", '"SigningKey": "[{{base64 64}}]"'],
  ["app.log", '{"msg":"{\\"refresh_token\\":\\"[{{base64url 64}}]\\"}"}'],
  ["web.config", '<add key="ApiSecret" value="[{{alnum 36}}]" />'],
  ["pom.xml", "<password>[{{letters 7}}{{digits 3}}#]</password>"],
  ["settings.ini", "secret_key = [{{alnum 50}}]"],
  ["app.properties", "spring.datasource.password=[{{letters 6}}{{digits 4}}$]"],
  ["gradle.properties", "artifactoryToken=[{{alnum 64}}]"],
  ["Dockerfile", "ENV API_TOKEN [{{hex 40}}]"],
  ["Dockerfile", "ARG DEPLOY_KEY_SECRET=[{{alnum 40}}]"],
  ["deploy.sh", "API_TOKEN=[{{alnum 40}}] ./deploy.sh"],
  ["deploy.sh", "deployctl login --token [{{hex 40}}] --yes"],
  ["deploy.sh", 'curl -H "X-Api-Key: [{{hex 32}}]" https://api.acme.test'],
  ["deploy.ps1", '$env:SERVICE_SECRET = "[{{alnum 44}}]"'],
  ["main.tf", '  master_password = "[{{letters 8}}{{digits 3}}!]"'],
  ["main.tf", '  api_token = "[{{base64url 40}}]"'],
  ["terraform.tfvars", 'db_password = "[{{alnum 18}}-4]"'],
  ["init.sql", "CREATE USER app WITH PASSWORD '[{{alnum 14}}!2]';"],
  ["init.sql", "ALTER ROLE app PASSWORD '[{{letters 9}}{{digits 3}}!]';"],
  ["app.py", "API_SECRET = '[{{base64url 48}}]'"],
  ["app.py", "client = Client(api_key='[{{alnum 32}}]')"],
  ["app.py", "app.config['SECRET_KEY'] = '[{{hex 48}}]'"],
  ["settings.py", "'PASSWORD': '[{{letters 6}}{{digits 4}}!q]',"],
  ["app.js", 'const authToken = "[{{alnum 40}}]";'],
  ["app.js", "jwt.sign(payload, secret = '[{{base64 40}}]')"],
  ["app.ts", 'const apiKey: string = "[{{lowalnum 36}}]";'],
  ["app.ts", "  bearerToken: '[{{alnum 64}}]',"],
  ["Main.java", 'private static final String API_KEY = "[{{alnum 40}}]";'],
  ["Main.java", 'props.put("password", "[{{letters 8}}{{digits 3}}!]");'],
  ["Main.kt", 'val clientSecret: String = "[{{base64url 40}}]"'],
  ["main.go", 'apiToken := "[{{hex 40}}]"'],
  ["main.go", 'var signingSecret string = "[{{alnum 32}}]"'],
  ["main.rs", 'const API_TOKEN: &str = "[{{alnum 40}}]";'],
  ["app.rb", "config.secret_token = '[{{hex 128}}]'"],
  ["database.yml", "production:\n  password: [{{alnum 16}}]"],
  ["config.php", "define('AUTH_KEY', '[{{alnum 40}}#{{alnum 20}}]');"],
  ["config.php", "'db_password' => '[{{letters 7}}{{digits 3}}!]',"],
  ["Program.cs", 'var apiSecret = "[{{alnum 44}}]";'],
  ["App.swift", 'let apiToken = "[{{alnum 40}}]"'],
  ["main.go", 'jwtSecret := []byte("[{{alnum 20}}]")'],
  ["main.go", 'const dbPassword string = "[{{letters 6}}{{digits 4}}!]"'],
  ["main.go", 'Secret: aws.String("[{{alnum 36}}]"),'],
  ["app.py", 'api_key: SecretStr = SecretStr("[{{alnum 36}}]")'],
  ["Main.java", '@Value("${jwt.secret:[{{letters 6}}{{digits 4}}]}") String secret;'],
  ["app.py", 'password = os.getenv("DB_PASSWORD") or "[{{letters 6}}{{digits 4}}!]"'],
  ["app.js", "const secret = process.env.JWT_SECRET || '[{{letters 6}}{{digits 4}}!x]';"],
  ["app.ts", "apiToken: process.env.API_TOKEN ?? '[{{hex 40}}]'"],
  ["app.rb", "ENV['API_TOKEN'] ||= '[{{alnum 40}}]'"],
  ["app.rb", 'ENV.fetch("API_TOKEN") { "[{{alnum 40}}]" }'],
  ["lib.rs", 'password: Some("[{{letters 6}}{{digits 4}}!]".to_string()),'],
  ["lib.rs", 'let token = String::from("[{{alnum 40}}]");'],
  ["index.php", "$token .= '[{{alnum 40}}]';"],
  ["plot.R", "password <- '[{{letters 6}}{{digits 4}}!]'"],
  ["core.clj", ':api-key "[{{alnum 40}}]"'],
  ["wifi.h", '#define WIFI_PASSWORD "[{{letters 6}}{{digits 4}}!]"'],
  ["Program.vb", 'Dim password As String = "[{{letters 6}}{{digits 4}}!]"'],
  ["build.gradle", "storePassword '[{{letters 6}}{{digits 4}}!]'"],
  ["Main.java", '.password("[{{letters 6}}{{digits 4}}!]")'],
  ["run.sh", "PASSWORD=${PASSWORD:-[{{letters 6}}{{digits 4}}]}"],
  ["deployment.yml", '- name: DB_PASSWORD\n  value: "[{{letters 6}}{{digits 4}}!]"'],
  ["deployment.yml", 'args: ["--password", "[{{letters 6}}{{digits 4}}!]"]'],
  ["config.yml", "password: [{{letters 3}}$m&{{digits 4}}#q]"],
  ["app.ini", "password = [{{letters 3}}$m&{{digits 4}}#q]"],
  ["postman.json", '{"key": "password", "value": "[{{letters 6}}{{digits 4}}!]"}'],
  ["params.json", '{"ParameterKey": "DBPassword", "ParameterValue": "[{{letters 6}}{{digits 4}}!]"}'],
  ["beans.xml", '<property name="password" value="[{{letters 6}}{{digits 4}}!]"/>'],
  ["beans.xml", '<entry key="db.password">[{{letters 6}}{{digits 4}}!]</entry>'],
  ["strings.xml", '<string name="api_key">[{{alnum 40}}]</string>'],
  ["app.plist", "<key>password</key>\n\t<string>[{{letters 6}}{{digits 4}}!]</string>"],
  ["variables.tf", 'variable "db_password" {\n  type = string\n  default = "[{{letters 6}}{{digits 4}}!]"\n}'],
  ["config.yml", 'password: "[rwxkgfdqlmzt]"'],
  ["build.log", "2026-01-02T03:04:05Z token: [{{hex 40}}]"],
  ["access.log", "GET /v1/items?api_key=[{{hex 32}}]&page=2 HTTP/1.1"],
  ["build.log", "\u001b[36;1mAUTH_TOKEN=[{{hex 40}}]\u001b[0m"],
  ["README.md", "Start it with `password=[{{letters 6}}{{digits 4}}!k]`."],
  [".env", "CLIENT_SECRET=[{{letters 32}}]"],
  [".env", "DB_PASSWORD=[{{letters 24}}]"],
  ["app.py", "client_secret = '[{{letters 40}}]'"],
  ["ci.yml", "      run: API_TOKEN=[{{alnum 40}}] make deploy"],
  ["deploy.yaml", "args:\n  - --secret-key\n  - [{{hex 40}}]"],
  ["deploy.yaml", 'args: ["--api-key", "[{{alnum 32}}]"]'],
  ["compose.yml", 'command: ["redis-server", "--requirepass", "[{{alnum 16}}7]"]'],
  ["index.php", 'putenv("DB_PASSWORD=[{{letters 6}}{{digits 4}}!x]");'],
  ["main.c", 'putenv("API_TOKEN=[{{alnum 40}}]");'],
  ["main.tf", 'user_data = "#!/bin/bash\\nexport DB_PASSWORD=[{{letters 6}}{{digits 4}}x]\\nrun"'],
  ["web.config", '<machineKey validationKey="[{{HEX 128}}]" validation="SHA1" />'],
  [".env", "WEATHER_KEY=[{{hex 32}}]"],
  ["app.js", "const billingKey = '[{{alnum 40}}]';"],
  ["config.json", '{"tokens": ["[{{alnum 40}}]"]}'],
  ["config.yml", "tokens:\n  - [{{alnum 40}}]"],
  ["app.js", "const API_KEYS = [\n  '[{{alnum 32}}]',\n];"],
  ["main.go", 'var apiKeys = []string{"[{{alnum 40}}]"}'],
  ["Main.java", 'String[] tokens = {"[{{alnum 40}}]"};'],
  ["appsettings.json", '{ "Jwt": { "Key": "[{{alnum 40}}]" } }'],
  ["env.php", "'crypt' => [ 'key' => '[{{hex 32}}]' ],"],
  ["build.gradle", 'buildConfigField "String", "API_KEY", "\\"[{{hex 32}}]\\""'],
  ["Unattend.xml", "<AdministratorPassword>\n  <Value>[{{letters 6}}{{digits 4}}]</Value>"],
  ["filezilla.xml", '<Pass encoding="base64">[{{b64 [[letters 6]][[digits 4]]}}]</Pass>'],
  ["local.xml", "<password><![CDATA[[{{letters 6}}{{digits 4}}]]]></password>"],
  ["Program.cs", 'new AzureKeyCredential("[{{hex 32}}]")'],
  ["app.kt", 'val password: CharArray = "[{{letters 6}}{{digits 4}}!]".toCharArray()'],
  ["runtime.exs", 'secret_key_base: "[{{base64 64}}]"'],
  ["app.ex", '@api_token "[{{alnum 40}}]"'],
  ["init.sql", "CREATE LOGIN bob WITH PASSWORD = N'[{{letters 6}}{{digits 4}}!]';"],
  ["app.py", 'API_SECRET = """[{{alnum 40}}]"""'],
  ["nginx.conf", 'proxy_set_header X-Api-Key "[{{alnum 40}}]";'],
  ["template.yaml", "  DBPassword:\n    Type: String\n    Default: [{{letters 6}}{{digits 4}}]"],
  ["config.yml", "password: >-\n  [{{letters 6}}{{digits 4}}!]"],
  ["config.yml", "token: |\n  [{{alnum 40}}]"],
];

const harmless: readonly Line[] = [
  [".env.example", "SESSION_SECRET=your-secret-here"],
  [".env.example", "API_KEY=changeme"],
  [".env.example", "API_TOKEN=<your-token-here-123>"],
  [".env", "TOKEN_TTL_SECONDS=86400"],
  [".env", "PASSWORD_MIN_LENGTH=12"],
  [".env", "SECRET_NAME=prod/database/main-2024"],
  [".env", "KEY_FILE=/etc/ssl/private/server-2048.pem"],
  ["ci.yml", "  token: ${{ secrets.GITHUB_TOKEN_2 }}"],
  ["ci.yml", "  password: ${DB_PASSWORD}"],
  ["values.yaml", "  existingSecret: release1-postgresql-credentials"],
  ["values.yaml", '  passwordKey: "postgres-password2"'],
  ["chart.yaml", "  secretName: {{ .Release.Name }}-tls-v2"],
  ["package-lock.json", '"integrity": "sha512-{{base64 86}}=="'],
  ["yarn.lock", 'resolved "https://registry.yarnpkg.com/token/-/token-1.2.3.tgz#{{hex 40}}"'],
  ["Cargo.lock", 'checksum = "{{hex 64}}"'],
  ["go.sum", "example.com/token v1.2.3 h1:{{base64 43}}="],
  ["main.tf", "  password = random_password.db.result"],
  ["main.tf", "  secret_arn = aws_secretsmanager_secret.main1.arn"],
  ["main.tf", "  token = var.api_token_v2"],
  ["app.py", "api_key = os.environ['API_KEY_PRODUCTION_1']"],
  ["app.py", "password = getpass.getpass('Password: ')"],
  ["app.py", "token = request.headers.get('X-Token-Id-1')"],
  ["app.py", "password = hashlib.sha256(raw1.encode()).hexdigest()"],
  ["app.py", "PASSWORD_FIELD_NAME = 'user_password_2'"],
  ["app.js", "const token = await getAccessToken1(user);"],
  ["app.js", 'password: "Passwords do not match!"'],
  ["app.js", "const secret = process.env.JWT_SECRET_V2;"],
  ["app.js", 'tokenType: "urn:ietf:params:oauth:token-type:jwt2"'],
  ["app.ts", "interface Props { password: string; token?: string1 }"],
  ["app.tsx", '<input type="password" name="password" placeholder="Enter your password 1" />'],
  ["en.json", '"forgotPassword": "Forgot your password?"'],
  ["en.json", '"password": "Contraseña"'],
  ["en.json", '"resetPasswordTitle": "Reset password (step 1 of 2)"'],
  ["Main.java", "String password = user.getPassword();"],
  ["Main.java", 'private static final String TOKEN_HEADER = "X-Auth-Token-V2";'],
  ["Main.java", '@Value("${jwt.secret1}") private String secret;'],
  ["Main.java", 'assertThat(encoder.matches("password", "{{hex 32}}")).isTrue();'],
  ["Main.java", 'new UsernamePasswordAuthenticationToken("joe42@acme.test", details);'],
  ["Main.java", 'String encodedPassword = "{{base64 43}}=";'],
  ["main.go", "token, err := auth.NewToken2(ctx, secret)"],
  ["main.go", 'passwordHash := "$2a$10${{alnum 53}}"'],
  ["main.rs", "let token = Token::new(kind1, span);"],
  ["parser.c", "token = TOKEN_IDENTIFIER_12;"],
  ["lexer.py", "token.type = 'NUMBER_LITERAL_64'"],
  ["model.py", "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased-v2')"],
  ["README.md", "Set the `API_KEY` to your key; see https://docs.acme.test/api-keys-v2."],
  ["README.md", "The password must have 8 to 64 characters."],
  ["README.md", "Password: at least 8 characters, 1 digit"],
  ["app.log", "csrf_token={{hex 40}}"],
  ["page.html", '<input name="authenticity_token" value="{{base64 86}}==" />'],
  ["api.json", '"next_page_token": "{{alnum 40}}"'],
  ["api.json", '"public_key": "{{base64 64}}"'],
  ["api.json", '"token_id": "{{uuid}}"'],
  ["git.log", "commit {{hex 40}}"],
  ["deps.txt", "token: sha256:{{hex 64}}"],
  ["style.css", ".password-strength-meter-2 { color: #a1b2c3d4 }"],
  ["test.txt", "PASS: gdb.base/token-1.exp: password check 2"],
  ["build.log", "##[add-mask]***"],
  ["build.log", "API_TOKEN: ***"],
  ["build.log", "token: [REDACTED-12345678]"],
  ["ChangeLog", "\t* agent/command.c (cmd_preset_passphrase): Likewise."],
  [".env", "CLIENT_SECRET=OAuthClientSecretNotSetError"],
  ["app.py", "client_secret = 'getSecretFromTheVault'"],
  ["config.yml", "  secret: SSLCertKeyFilePathFQDN"],
  ["rules.txt", '"keywords":["auth0_client_secret","auth0_mgmt_client_secret"]'],
  ["en.ini", "passwordHint=Use 8 or more characters"],
  ["schema.sql", "password VARCHAR(255) NOT NULL,"],
  ["schema.sql", "token CHAR(64) PRIMARY KEY DEFAULT uuid_generate_v4()"],
  ["prometheus.yml", "password_file: /run/secrets/basic_auth_2"],
  ["a.conf", "access_key: A1B2C3D4E5F6G7H8I9J0"],
  ["values.yaml", 'adminPasswordMtime: "2006-01-02T15:04:05Z"'],
  ["package.json", '"@acme/password": "^4.0.17",'],
  [".env", "RESET_PASSWORD_WITHIN=6.hours"],
  ["run.sh", "tool --secret-key StF0q..."],
  ["index.php", '$q = "pass = \'".md5($password,true)."\'";'],
  ["app.conf", "password = vault:v1:{{base64 60}}="],
  [".env", "DB_PASSWORD=arn:aws:secretsmanager:us-east-1:123456789012:secret:db-{{alnum 6}}"],
  ["main.tf", 'secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:x-{{alnum 6}}"'],
  [".env", "DB_PASSWORD=op://Private/db1/password"],
  ["main.tf", "password = var.db_password_v2"],
  ["model.go", 'UserPassword      `json:",omitempty"`'],
  ["model.rb", "# To set a default password, pass `default1:`, like so:"],
  ["form.php", "'password' => 'required|min:8|confirmed',"],
  ["seed.sql", "INSERT INTO settings (name, type) VALUES ('PASSWORD','varchar2');"],
  ["user.go", "ALTER USER ` + user + ` IDENTIFIED BY '` + newpw1 + `'"],
  ["go.sum", "github.com/akamai/token v1.2.3 h1:{{base64 43}}="],
  ["min.js", 'e.password===""?t.password=t.url.password:t.url.password=n.password'],
  ["hu.json", '{"Reset password": "Jelszó-visszaállítás"}'],
  ["README.md", "curl -u username:api_token https://api.acme.test"],
  ["README.md", "Server=localhost;Database=x;User Id=sa;Password=yourStrong(!)Password;"],
  ["README.md", "docker run -e SCHEMA_PASSWORD=<schema_password> oracle/biplatform:12.2.1.3"],
  ["README.md", "openssl enc -pass file:/opt/.secrets/pwd1.key"],
  ["README.md", "BEGET_PASSWORD=yyyyyy"],
  ["ids.go", 'provider.zoneIDs[token] = "{{uuid}}"'],
  ["api.http", "Postman-Token: {{uuid}}"],
  ["secret.yaml", "kind: Secret\ndata:\n  password: cGFzc3dvcmQ="],
  ["spec.rb", "Digest::SHA1.hexdigest(token) == '{{hex 40}}'"],
  ["index.json", '{"src/Token.js":["{{uuid}}"],"document_key":"{{hex 32}}","cache_key":"{{hex 32}}"}'],
  ["Main.java", 'String VERIFY_KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{{base64 60}}";'],
];

const random = seededRandom(798);
const ROUNDS = 10;
/** A random value may by chance look like words, or hold no digit. */
const MAY_MISS = 2;

for (const [path, line] of secrets) {
  test(`in ${path}, the secret of ${line.slice(0, 70)} is found whole`, () => {
    const misses: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const minted = markedLine(line);
      const found = findIn(`${minted.text}\n`, path).filter((hit) => !hit.demoted);
      if (!minted.secrets.every((secret) => found.some((hit) => hit.secret === secret)))
        misses.push(`${minted.text} gave ${found.map((hit) => `${hit.rule} ${hit.secret}`).join(", ") || "nothing"}`);
    }
    assert.ok(misses.length <= MAY_MISS, misses.slice(0, 3).join("\n"));
  });
}

for (const [path, line] of harmless) {
  test(`in ${path}, ${line.slice(0, 70)} is no secret`, () => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = mint(line, random);
      const found = findIn(`${text}\n`, path).filter((hit) => !hit.demoted);
      assert.ok(found.length === 0, `${text} gave ${found.map((hit) => `${hit.rule} ${hit.secret}`).join(", ")}`);
    }
  });
}

test("there are more than fifty lines of each kind", () => {
  assert.ok(secrets.length > 50 && harmless.length > 50, `${secrets.length} and ${harmless.length}`);
});

/** A minted line without its marks, and what stood between them. */
function markedLine(line: string): { text: string; secrets: string[] } {
  const marked: string[] = [];
  const text = line.replace(/\[((?:[^[\]]*\{\{[^{}]*\}\}[^[\]{}]*)+)\]/g, (_, template: string) => {
    const secret = mint(template, random);
    marked.push(secret);
    return secret;
  });
  return { text, secrets: marked };
}
