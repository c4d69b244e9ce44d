// Lints the OpenAPI document: node lint.mjs openapi.json. Prints what is wrong, a problem a line.
import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import functions from '@stoplight/spectral-functions';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';
import spectral from '@stoplight/spectral-core';

const source = await readFile(process.argv[2], 'utf8');
const problems = [];

const linter = new spectral.Spectral();
linter.setRuleset({
  extends: [rulesets.oas],
  rules: {
    'integer-format': {
      message: 'An integer needs a format, from which generators choose its type.',
      given: "$..[?(@ && @.type == 'integer')]",
      severity: 'warn',
      then: { field: 'format', function: functions.truthy },
    },
    'too-many-requests': {
      message: 'Azure may answer 429 to every call.',
      given: '$.paths[*][get,post].responses',
      severity: 'warn',
      then: { field: '429', function: functions.truthy },
    },
  },
});
const { results, resolved } = await linter.runWithResolved(new spectral.Document(source, parsers.Json));
problems.push(...results.map(result => `${result.code} at ${result.path.join('.')}: ${result.message}`));

// Only references to what they are in are left.
if (JSON.stringify(resolved).includes('"$ref"')) {
  problems.push('A schema refers to itself, which breaks generators.');
}

const config = await createConfig({ extends: ['recommended-strict'] });
const findings = await lintFromString({ source, absoluteRef: 'openapi.json', config });
problems.push(...findings.map(finding => `${finding.ruleId} at ${finding.location[0]?.pointer}: ${finding.message}`));

problems.forEach(problem => console.log(problem));
process.exitCode = problems.length > 0 ? 1 : 0;
