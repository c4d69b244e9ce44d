// The Durable Task Scheduler with its task hub, if orchestrations are kept there.
import { Tags } from 'types.bicep'

@description('What makes names unique.')
param token string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

@allowed(['Consumption', 'Dedicated'])
@description('The plan.')
param sku string

@description('The identity that the app has.')
param principalId string

@description('The identity\'s name. Role assignments are named after it: what-if can\'t know the principal before it exists.')
param identityName string

@description('The principal that may look into the dashboard; empty for none.')
param operatorPrincipalId string

var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-${token}'
  location: location
  tags: tags
  properties: {
    ipAllowlist: ['0.0.0.0/0']
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: 'trips'
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, identityName, durableTaskDataContributor)
  scope: hub
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

resource dashboard 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(hub.id, operatorPrincipalId, durableTaskDataContributor)
  scope: hub
  properties: {
    principalId: operatorPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

@description('The scheduler\'s address.')
output endpoint string = scheduler.properties.endpoint

@description('The task hub\'s name.')
output taskHubName string = hub.name
