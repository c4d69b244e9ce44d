// Logs, traces and metrics: a workspace, and Application Insights, which takes telemetry only from known identities.
import { Tags } from 'types.bicep'

@description('What makes names unique.')
param token string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

@description('How many days logs are kept.')
param retentionDays int

@description('The identity that sends telemetry.')
param principalId string

@description('The identity\'s name. Role assignments are named after it: what-if can\'t know the principal before it exists.')
param identityName string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    retentionInDays: retentionDays
    sku: { name: 'PerGB2018' }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityName, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

@description('Where telemetry goes. It is an address and no secret: local authentication is off.')
output connectionString string = insights.properties.ConnectionString

@description('The workspace\'s resource id.')
output workspaceId string = workspace.id
