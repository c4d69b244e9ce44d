// What an operator has to know at once.
import { Tags } from 'types.bicep'

@description('What makes names unique.')
param token string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

@description('The workspace that has the logs.')
param workspaceId string

@description('Who gets a mail; if empty, alerts are seen in the portal only.')
param email string

var rules = [
  {
    name: 'trips-need-attention'
    description: 'A trip can\'t be undone without an operator.'
    query: 'AppTraces | where Message has "needs attention"'
    severity: 1
    threshold: 0
  }
  {
    name: 'orchestrations-fail'
    description: 'An orchestration has failed or was terminated: its trip is no longer booked or undone.'
    query: 'AppRequests | where Name startswith "orchestration:" and Success == false'
    severity: 1
    threshold: 0
  }
  {
    name: 'activities-fail'
    description: 'Activities fail much more often than a flaky supplier explains.'
    query: 'AppRequests | where Name startswith "activity:" and Success == false'
    severity: 2
    threshold: 50
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'operators'
    enabled: true
    emailReceivers: [
      { name: 'operators', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${rule.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      skipQueryValidation: true // A new workspace has no table until something is written to it.
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [operators.id] }
    }
  }
]
